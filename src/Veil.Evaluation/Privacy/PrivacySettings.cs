namespace Veil.Evaluation.Privacy;

/// <summary>How privacy is measured. Immutable.</summary>
public sealed record PrivacySettings
{
    /// <summary>Who attacks; at least one.</summary>
    public required IReadOnlyList<RecognitionNetwork> Networks { get; init; }

    /// <summary>Which detectors look for faces in treated pictures, the attacker's own first. May be empty.</summary>
    public IReadOnlyList<ProbeDetector> Detectors { get; init; } = [];

    /// <summary>Stands for what finds dense points (<see cref="PrivacyExperiment.WantsPoints"/>): its id and the hashes of its models. Empty where nothing does.</summary>
    public string Landmarker { get; init; } = "";

    /// <summary>People in a draw of the identification, 2 or more: chance is one in so many. Null takes 272, or all where there are fewer.</summary>
    public int? People { get; init; }

    /// <summary>How often people and pictures are drawn, 1 or more. Default 200.</summary>
    public int Draws { get; init; } = 200;

    /// <summary>
    /// As many people and draws as it takes to show that re-identification is at most a share, as far as the archive has them. Guessing
    /// names one in so many people, and an interval at chance must be let reach up to twice that.
    /// </summary>
    /// <param name="archive">The people.</param>
    /// <param name="share">Above 0, at most 1; null asks for nothing, and changes nothing.</param>
    public PrivacySettings ToShow(FaceArchive archive, double? share)
    {
        ArgumentNullException.ThrowIfNull(archive);
        if (share is not { } most || most <= 0 || PeopleToShow(most) <= UsualPeople)
        {
            return this;
        }

        var people = archive.Faces.CountBy(face => face.Person).Count(person => person.Value > 1);
        var drawn = (int)Math.Min(PeopleToShow(most), people);

        // Work grows with the square of the people in a draw; probes in all stay as many.
        return drawn <= UsualPeople || 1.0 / drawn > most ? this : this with { People = drawn, Draws = Math.Max(FewestDraws, Draws * UsualPeople / drawn) };
    }

    /// <summary>People in a draw with which a share can be shown: guessing then names half of it.</summary>
    internal static double PeopleToShow(double share) => Math.Ceiling(2 / share);

    /// <summary>People in a draw where nothing else is said.</summary>
    internal const int UsualPeople = 272;

    private const int FewestDraws = 20;

    /// <summary>Seed of everything that is drawn. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads, 1 or more. Default: as many as there are processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
