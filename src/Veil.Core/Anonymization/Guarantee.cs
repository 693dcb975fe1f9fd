namespace Veil.Anonymization;

/// <summary>What a method promises about the pixels it covers.</summary>
public enum Guarantee
{
    /// <summary>The output inside the mask does not depend on the pixels there.</summary>
    Irreversible,

    /// <summary>The output depends on the covered pixels through a stated, small number of bits.</summary>
    Bounded,

    /// <summary>The output is a degraded picture of the original; how well that hides is a matter of strength.</summary>
    Obfuscating,

    /// <summary>The output shows somebody who does not exist, or not this one.</summary>
    Synthetic,
}
