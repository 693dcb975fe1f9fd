using Veil.Errors;
using Veil.Video.Files;

namespace Veil.Studio.Projects;

/// <summary>How long a film is about, before anybody has read it.</summary>
internal static class FilmLength
{
    /// <summary>What a film counts for while nothing is known of it.</summary>
    public const double WhereUnknown = 300;

    private const double UsualRate = 30;

    /// <summary>About so many frames.</summary>
    public static double FramesOf(string path, CancellationToken cancellationToken)
    {
        try
        {
            var seconds = VideoFacts.Read(path, cancellationToken).Duration.TotalSeconds;
            return seconds > 0 ? Math.Max(1, seconds * UsualRate) : WhereUnknown;
        }
        catch (VeilException)
        {
            // What is wrong with it is said when it is opened; here it only has no length.
            return 1;
        }
    }
}
