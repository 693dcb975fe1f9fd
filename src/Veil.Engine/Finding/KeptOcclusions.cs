namespace Veil;

/// <summary>Whether what is in front of faces stays.</summary>
public enum KeptOcclusions
{
    /// <summary>It is covered with the face.</summary>
    Off,

    /// <summary>It stays where it is sure to be in front, with methods that ask for it.</summary>
    On,
}
