namespace Veil.Video.Files;

/// <summary>How long a video file is and whether it sounds, as ffprobe tells it.</summary>
/// <param name="Duration">Its length; zero when unknown.</param>
/// <param name="SoundStreams">Streams of sound.</param>
/// <param name="PictureStreams">Streams of moving pictures; cover pictures are none.</param>
public sealed record VideoFacts(TimeSpan Duration, int SoundStreams, int PictureStreams)
{
    /// <summary>Asks about a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="cancellationToken">Stops the process.</param>
    /// <exception cref="Errors.VeilException"><see cref="Errors.VeilErrorCode.CorruptInput"/>, <see cref="Errors.VeilErrorCode.MissingNative"/>.</exception>
    public static VideoFacts Read(string path, CancellationToken cancellationToken)
    {
        var probe = VideoProbe.Read(path, cancellationToken);
        return new VideoFacts(probe.Duration, probe.Streams.Count(stream => stream.Kind == StreamKind.Audio), probe.Streams.Count(stream => stream.Kind == StreamKind.Video));
    }
}
