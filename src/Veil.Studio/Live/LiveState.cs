namespace Veil.Studio.Live;

/// <summary>What a live room is doing.</summary>
internal enum LiveState
{
    /// <summary>No camera sends frames.</summary>
    Idle,

    /// <summary>Frames came and come no more, though the camera is there: switched off by a key or lid, or taken by another program.</summary>
    Silent,

    /// <summary>Frames come; detectors are loading, so that all of them are grey.</summary>
    Preparing,

    /// <summary>Frames are covered and shown.</summary>
    Covering,

    /// <summary>Frames come, but many are not looked at in time: they are grey or left out.</summary>
    Struggling,

    /// <summary>What was chosen cannot be done here; nothing is shown.</summary>
    Refused,
}
