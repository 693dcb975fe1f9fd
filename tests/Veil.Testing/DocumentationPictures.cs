namespace Veil.Testing;

/// <summary>Pictures of the documentation that tests look at, too.</summary>
public static class DocumentationPictures
{
    /// <summary>Four generated people in a row.</summary>
    public static string FourPeople { get; } = Path.Combine(RepositoryRoot.Path, "docs", "images", "four-people.jpg");
}
