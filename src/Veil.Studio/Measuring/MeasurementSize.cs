namespace Veil.Studio.Measuring;

/// <summary>How much takes part.</summary>
internal enum MeasurementSize
{
    /// <summary>Few people and pictures: shows what a report is like, and is too little for a verdict.</summary>
    Quick,

    /// <summary>Everything in the folder.</summary>
    Full,
}
