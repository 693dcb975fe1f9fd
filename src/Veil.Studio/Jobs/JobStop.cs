namespace Veil.Studio.Jobs;

/// <summary>Why a job is to stop.</summary>
internal enum JobStop
{
    /// <summary>Its owner no longer wants it.</summary>
    Cancelled,

    /// <summary>Its originals may be kept no longer.</summary>
    Expired,
}
