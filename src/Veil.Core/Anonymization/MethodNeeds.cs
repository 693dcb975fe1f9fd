namespace Veil.Anonymization;

/// <summary>What a method wants to know about each region beside its box.</summary>
[Flags]
public enum MethodNeeds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Dense face points (<see cref="Regions.Region.Points"/>), where they can be told.</summary>
    FacePoints = 1,

    /// <summary>Regions that are faces or heads: any other is an error.</summary>
    FacesOnly = 2,

    /// <summary>Two people or more in a picture: one alone is an error.</summary>
    SeveralPeople = 4,

    /// <summary>Files of the user's own that it cannot do without: a gallery, a picture.</summary>
    UsersFiles = 8,

    /// <summary>
    /// What is in front of a face (<see cref="Regions.Region.Occluder"/>), where that can be told and its user wants it kept. Less is
    /// covered then, so no method gets it that does not ask.
    /// </summary>
    Occluders = 16,

    /// <summary>Regions that are faces, heads or bodies: any other is an error, unless it lies in a body.</summary>
    PeopleOnly = 32,
}
