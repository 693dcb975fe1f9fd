namespace Veil.Studio.Measuring;

/// <summary>How a measurement stands.</summary>
internal enum MeasurementState
{
    /// <summary>Its program runs.</summary>
    Running,

    /// <summary>The report is there.</summary>
    Done,

    /// <summary>The program said why there is none.</summary>
    Failed,

    /// <summary>The user or the studio's end stopped it; it goes on where it was.</summary>
    Stopped,
}
