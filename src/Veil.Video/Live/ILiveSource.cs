using Veil.Errors;
using Veil.Video.Planar;

namespace Veil.Video.Live;

/// <summary>Where live frames come from. Used from one thread.</summary>
internal interface ILiveSource
{
    /// <summary>True when its end ends the session; others are opened again.</summary>
    bool IsFinite { get; }

    /// <summary>Opens it and waits for its first bytes, however long that takes.</summary>
    /// <param name="fit">The geometry that frames must have; null the first time, when the source decides.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.UnreadableInput"/>: it cannot be opened.</exception>
    ILiveCapture Open(PlanarGeometry? fit, CancellationToken cancellationToken);
}

/// <summary>An open source.</summary>
internal interface ILiveCapture : IDisposable
{
    /// <summary>The next frame, as fast as they come; null when the source ended or broke, or after <see cref="Abort"/>.</summary>
    PlanarFrame? Read();

    /// <summary>Ends a <see cref="Read"/> that waits. From any thread, also after disposal.</summary>
    void Abort();
}
