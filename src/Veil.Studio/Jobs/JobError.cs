using System.Text.Json.Serialization;
using Veil.Errors;

namespace Veil.Studio.Jobs;

/// <summary>Why a job failed, for its owner.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Message">What was expected and what came.</param>
/// <param name="Hint">What to do; may be empty.</param>
internal sealed record JobError([property: JsonConverter(typeof(JsonStringEnumConverter<VeilErrorCode>))] VeilErrorCode Code, string Message, string Hint)
{
    /// <summary>What an exception says to the owner. Of those that are not ours only the kind is told: their texts may name files.</summary>
    public static JobError From(Exception error) => error is VeilException known
        ? new JobError(known.Code, known.Message, known.Hint)
        : new JobError(VeilErrorCode.UnexpectedFailure, $"The work ended with an error that Veil does not know ({error.GetType().Name}).", "Try it once more; if it fails again, give the job's id to whoever runs the server.");
}
