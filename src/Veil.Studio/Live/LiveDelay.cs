namespace Veil.Studio.Live;

/// <summary>How long a frame may wait between its arrival and its showing.</summary>
internal enum LiveDelay
{
    /// <summary>Begins short, and gets longer while this machine is too slow.</summary>
    Automatic,

    /// <summary>0.3 s.</summary>
    Short,

    /// <summary>0.6 s.</summary>
    Medium,

    /// <summary>1.2 s.</summary>
    Long,

    /// <summary>2.4 s.</summary>
    VeryLong,
}
