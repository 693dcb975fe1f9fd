using Veil.Regions;

namespace Veil.Identity;

/// <summary>A region with what is thought of who it shows.</summary>
/// <param name="Region">The region; with the person's number where that is known.</param>
/// <param name="Verdict">Whether it shows a listed person.</param>
/// <param name="Clear">True when it is left clear.</param>
internal readonly record struct JudgedRegion(Region Region, PersonVerdict Verdict, bool Clear)
{
    /// <summary>True when it was judged with certainty and is to be hidden.</summary>
    public bool IsContrary => Verdict != PersonVerdict.Undecided && !Clear;
}
