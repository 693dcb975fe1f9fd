namespace Veil.Studio.Live.Recordings;

/// <summary>What became of a recording.</summary>
internal enum RecordingState
{
    /// <summary>It is here alone.</summary>
    Unsaved,

    /// <summary>The browser has had all of it; what is here is removed soon.</summary>
    HandedOver,
}
