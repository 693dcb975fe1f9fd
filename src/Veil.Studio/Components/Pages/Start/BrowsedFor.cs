namespace Veil.Studio.Components.Pages.Start;

/// <summary>What somebody looks for in folders, and so what is said of each.</summary>
public enum BrowsedFor
{
    /// <summary>Pictures and films, also further down.</summary>
    Media,

    /// <summary>A folder that has a folder for each of something.</summary>
    Groups,

    /// <summary>Such a folder, or a JSON file.</summary>
    GroupsOrJson,
}
