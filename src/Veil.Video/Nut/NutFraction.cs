namespace Veil.Video.Nut;

/// <summary>A time base: the length of one tick in seconds.</summary>
/// <param name="Numerator">At least 1.</param>
/// <param name="Denominator">At least 1.</param>
internal readonly record struct NutFraction(long Numerator, long Denominator)
{
    /// <summary>A number of ticks as time.</summary>
    public TimeSpan Time(long ticks) => TimeSpan.FromTicks((long)((Int128)ticks * Numerator * TimeSpan.TicksPerSecond / Denominator));
}
