namespace Veil.Studio.Measuring;

/// <summary>What is measured.</summary>
internal enum MeasurementKind
{
    /// <summary>Whom recognition networks still name (docs/privacy.md).</summary>
    Privacy,

    /// <summary>That, against what is left of the pictures' use for training or finding (docs/frontier.md).</summary>
    Frontier,
}
