using Veil.Pipeline;

namespace Veil.Studio.Projects;

/// <summary>A piece of the user's work: originals, how they are covered, and what came of it. Immutable; changed through <see cref="IProjects"/>.</summary>
/// <param name="Id">Unguessable, safe in addresses and file names.</param>
/// <param name="Name">What the user calls it, e.g. the folder's name.</param>
/// <param name="Created">When.</param>
internal sealed record Project(string Id, string Name, DateTimeOffset Created)
{
    /// <summary>How things are covered.</summary>
    public AnonymizerSettings Settings { get; init; } = new();

    /// <summary>People who stay clear, by the faces that stand for them; embeddings are made anew when needed and never written.</summary>
    public IReadOnlyList<KeptPerson> Kept { get; init; } = [];

    /// <summary>Its pictures and films, by name.</summary>
    public IReadOnlyList<ProjectItem> Items { get; init; } = [];

    /// <summary>How far it is.</summary>
    public ProjectStage Stage { get; init; }

    /// <summary>The folder that the last export went to; null before.</summary>
    public string? ExportedTo { get; init; }

    /// <summary>How the last export checked its results; before any, and where nobody wrote it down, as it is safest.</summary>
    public VerifyOutput ExportedWith { get; init; } = VerifyOutput.Check;

    /// <summary>Every folder that results went to: an export may go there again.</summary>
    public IReadOnlyList<string> ExportFolders { get; init; } = [];

    /// <summary>Why the project cannot be used, e.g. because its file is damaged; null when it can.</summary>
    public ItemError? Damage { get; init; }

    /// <summary>An item.</summary>
    /// <param name="id">Its id.</param>
    public ProjectItem? Find(string id) => Items.FirstOrDefault(item => item.Id == id);
}

/// <summary>How far a project is.</summary>
internal enum ProjectStage
{
    /// <summary>It is being chosen what to cover and how.</summary>
    Choosing,

    /// <summary>Regions are being found.</summary>
    Finding,

    /// <summary>Results can be looked at and corrected.</summary>
    Reviewing,

    /// <summary>Results are being written.</summary>
    Exporting,

    /// <summary>Results were written; may be reviewed and exported again.</summary>
    Exported,
}

/// <summary>A face of an item that stands for a person.</summary>
/// <param name="Item">The item's id.</param>
/// <param name="Frame">Its frame.</param>
/// <param name="X">Centre of the face, 0..1 of the width.</param>
/// <param name="Y">Centre of the face, 0..1 of the height.</param>
internal sealed record KeptFace(string Item, int Frame, double X, double Y);

/// <summary>A person who stays clear.</summary>
/// <param name="Faces">One face or more.</param>
internal sealed record KeptPerson(IReadOnlyList<KeptFace> Faces);
