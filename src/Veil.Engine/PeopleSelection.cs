using Veil.Identity;

namespace Veil;

/// <summary>Whom to hide, by what they look like. Whoever is not surely one of the people, or surely none, is covered. Immutable.</summary>
/// <param name="Rule">Hide the people of the list, or everybody else.</param>
public sealed record PeopleSelection(PersonRule Rule)
{
    /// <summary>A folder of reference photos: a folder per person, or a photo per person; null where <see cref="Faces"/> are given.</summary>
    public string? Photos { get; init; }

    /// <summary>Embeddings by the program's own network, one list for each person, each with one face or more; empty where <see cref="Photos"/> are given.</summary>
    public IReadOnlyList<IReadOnlyList<FaceEmbedding>> Faces { get; init; } = [];

    /// <summary>What counts as sure.</summary>
    public PersonPolicy Policy { get; init; } = new();
}
