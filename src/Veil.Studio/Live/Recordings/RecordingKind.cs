namespace Veil.Studio.Live.Recordings;

/// <summary>What browsers write recordings as.</summary>
internal enum RecordingKind
{
    /// <summary>MP4.</summary>
    Mp4,

    /// <summary>WebM.</summary>
    Webm,
}
