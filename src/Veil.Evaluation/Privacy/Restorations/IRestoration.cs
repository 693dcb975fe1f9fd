using Veil.Imaging;
using Veil.Regions;

namespace Veil.Evaluation.Privacy.Restorations;

/// <summary>Undoes a method as far as its settings, which are public, allow. Thread-safe.</summary>
public interface IRestoration
{
    /// <summary>What it does, in a few words.</summary>
    string Summary { get; }

    /// <summary>Restores what is fully covered; other pixels stay as they are.</summary>
    /// <param name="image">The treated picture, <see cref="PixelFormat.Rgb24"/>, changed in place.</param>
    /// <param name="covered">What the method was given: an attacker knows the method, and sees where it was at work.</param>
    void Restore(PixelBuffer image, CoveredRegion covered);
}
