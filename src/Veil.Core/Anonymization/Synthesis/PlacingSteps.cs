namespace Veil.Anonymization.Synthesis;

/// <summary>How closely a face is laid where the covered one was.</summary>
internal enum PlacingSteps
{
    /// <summary>Place, size and turn in coarse steps of the covered box: exact ones tell a face's proportions.</summary>
    Coarse,

    /// <summary>Without steps, for films: a head that moves evenly must not jump.</summary>
    None,
}
