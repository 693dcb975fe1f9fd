namespace Veil.Studio.Measuring;

/// <summary>One measurement and what became of it. Immutable.</summary>
/// <param name="Id">Names its folder.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Started">When it was asked first.</param>
/// <param name="State">How it stands.</param>
internal sealed record Measurement(string Id, MeasurementRequest Request, DateTimeOffset Started, MeasurementState State)
{
    /// <summary>How far it is, while it runs.</summary>
    public MeasurementProgress Progress { get; init; } = MeasurementProgress.None;

    /// <summary>What the program said last, where it failed or had something to remark; lines.</summary>
    public string Said { get; init; } = "";
}
