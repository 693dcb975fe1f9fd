namespace Veil.Imaging;

/// <summary>Which modification time results bear.</summary>
public enum OutputTimes
{
    /// <summary>When they were written.</summary>
    Now,

    /// <summary>The original's.</summary>
    Keep,

    /// <summary>1970-01-01, the same for all: it says nothing.</summary>
    Zero,
}
