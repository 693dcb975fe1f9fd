namespace Veil.Anonymization;

/// <summary>What a method wants to know about each region beside its box.</summary>
[Flags]
public enum MethodNeeds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Dense face points (<see cref="Regions.Region.Points"/>), where they can be told.</summary>
    FacePoints = 1,

    /// <summary>Two people or more in a picture, and faces only: anything else is an error.</summary>
    SeveralFaces = 2,
}
