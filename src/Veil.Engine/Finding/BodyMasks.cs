namespace Veil;

/// <summary>Whether people are told from the background in their boxes.</summary>
public enum BodyMasks
{
    /// <summary>Their whole box is covered.</summary>
    Off,

    /// <summary>Where that is sure, the people alone are covered; elsewhere their whole box.</summary>
    WhereSure,
}
