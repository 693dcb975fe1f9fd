namespace Veil.Identity;

/// <summary>What can be said about a face and a list of people.</summary>
public enum PersonVerdict
{
    /// <summary>Too unlike and too like, or not to be seen well enough: nobody may rely on either.</summary>
    Undecided,

    /// <summary>Surely one of the listed people.</summary>
    Listed,

    /// <summary>Surely none of them.</summary>
    Stranger,
}
