using Veil.Video.Ffmpeg;

namespace Veil.Video.Tests.Live;

/// <summary>A test that runs ffmpeg; it skips, saying so, where that is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FfmpegFactAttribute : FactAttribute
{
    public FfmpegFactAttribute()
    {
        if (!FfmpegPrograms.AreHere)
        {
            Skip = "needs ffmpeg, which is not here";
        }
    }
}
