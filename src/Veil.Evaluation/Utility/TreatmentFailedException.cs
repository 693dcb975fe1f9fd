using Veil.Errors;

namespace Veil.Evaluation.Utility;

/// <summary>A method could not cover a picture, so that the whole treatment has no result.</summary>
internal sealed class TreatmentFailedException(VeilException cause, string picture) : Exception(cause.Message, cause)
{
    /// <summary>Path of the picture in its dataset.</summary>
    public string Picture => picture;
}
