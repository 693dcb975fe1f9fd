using Veil.Errors;
using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>Where anonymized frames go. Used from one thread.</summary>
internal interface ILiveSink : IDisposable
{
    /// <summary>True when a broken output is opened again; false when it ends the session.</summary>
    bool Returns { get; }

    /// <summary>Whether an output of one size may follow on another's.</summary>
    LiveSizes Sizes => LiveSizes.One;

    /// <summary>Starts an output.</summary>
    /// <param name="geometry">Of all its frames.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>: that is not possible.</exception>
    ILiveOutput Open(PlanarGeometry geometry);
}

/// <summary>Whether the frames of a session may change their size.</summary>
internal enum LiveSizes
{
    /// <summary>What is not of the first frame's size is dropped: files, devices and streams cannot change theirs.</summary>
    One,

    /// <summary>They may.</summary>
    Any,
}

/// <summary>An open output; disposing it ends it at once.</summary>
internal interface ILiveOutput : IDisposable
{
    /// <summary>Writes a frame; returns when it is taken.</summary>
    /// <param name="samples">Its planes.</param>
    /// <param name="pts">The time that its source gave it, in the source's own ticks.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>: the sink is gone.</exception>
    void Write(ReadOnlySpan<byte> samples, long pts);

    /// <summary>Lets the output end in good order, for a while.</summary>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnwritableOutput"/>: it did not.</exception>
    void Finish();

    /// <summary>Ends a <see cref="Write"/> that waits. From any thread, also after disposal.</summary>
    void Abort();
}
