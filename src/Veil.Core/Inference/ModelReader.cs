namespace Veil.Inference;

/// <summary>
/// Gives the checked bytes of a model file. Parts that run models know the ids of the model manifest only; where files lie,
/// whether they are the right ones and whether their licence is allowed is the business of whoever supplies this.
/// Thread-safe.
/// </summary>
/// <param name="id">The model's id in the manifest.</param>
/// <exception cref="Errors.VeilException"><see cref="Errors.VeilErrorCode.InvalidModel"/>: missing, altered, or refused.</exception>
public delegate byte[] ModelReader(string id);
