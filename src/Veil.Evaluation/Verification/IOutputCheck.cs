using Veil.Pipeline.Verification;

namespace Veil.Evaluation.Verification;

/// <summary>
/// One thing that is checked about an output: one file each in <c>Checks</c>, put together in <see cref="OutputChecks"/>. It
/// writes what it finds into the <see cref="VerificationNotes"/> that it is given. One instance per worker; what it remembers
/// of a pair ends with <see cref="Complete"/>.
/// </summary>
public interface IOutputCheck
{
    /// <summary>Name in findings; lower case.</summary>
    string Id { get; }

    /// <summary>What it checks, in one sentence, for the report.</summary>
    string Summary { get; }

    /// <summary>Whether <see cref="Frames"/> is also called for the covers of films.</summary>
    bool LooksAtCovers => false;

    /// <summary>Called first, for the files as such.</summary>
    /// <exception cref="Errors.VeilException">The output cannot be read; a finding is made of it.</exception>
    void Files(OutputPair pair, VerificationNotes notes, CancellationToken cancellationToken)
    {
    }

    /// <summary>Called for each pair of frames, in order, where the two have the same size.</summary>
    void Frames(OutputPair pair, FramePair frames, VerificationNotes notes)
    {
    }

    /// <summary>Called last, also when the frames could not be read to their end.</summary>
    void Complete(OutputPair pair, VerificationNotes notes)
    {
    }
}
