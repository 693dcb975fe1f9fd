namespace Veil.Video.Live;

/// <summary>What happened since health was last told.</summary>
/// <param name="Elapsed">Over how long.</param>
/// <param name="Arrived">Frames that came in.</param>
/// <param name="Shown">Frames that went out with their regions covered.</param>
/// <param name="CoveredWhole">Frames that went out covered whole, since their regions were not known in time.</param>
/// <param name="Dropped">Frames that did not go out: too many were waiting, or they would have been late.</param>
/// <param name="Regions">Regions in the last frame shown.</param>
/// <param name="MedianLatency">From arrival to output, half of the frames.</param>
/// <param name="LongestLatency">From arrival to output, 99 of 100 frames.</param>
/// <param name="LongestSearch">What the slowest detection took.</param>
/// <param name="Failures">How often detection, the method, the source or the sink failed.</param>
/// <param name="LastFailure">What the last of them was; null when there was none.</param>
/// <param name="Reconnects">How often the source or sink was opened again, since the start.</param>
public sealed record LiveHealth(
    TimeSpan Elapsed, int Arrived, int Shown, int CoveredWhole, int Dropped, int Regions, TimeSpan MedianLatency, TimeSpan LongestLatency,
    TimeSpan LongestSearch, int Failures, string? LastFailure, int Reconnects);
