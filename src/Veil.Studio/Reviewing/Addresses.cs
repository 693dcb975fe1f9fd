namespace Veil.Studio.Reviewing;

/// <summary>Addresses of pages and pictures that a review leads to.</summary>
internal static class Addresses
{
    /// <summary>All results of a project.</summary>
    public static string Review(string project) => $"/projects/{project}/review";

    /// <summary>One of them.</summary>
    public static string Review(string project, string item) => $"/projects/{project}/review/{item}";

    /// <summary>Where results are exported.</summary>
    public static string Run(string project) => $"/projects/{project}/run";

    /// <summary>The result of a frame, without the size that is wanted.</summary>
    public static string Result(string project, string item, int frame, int revision) => $"/media/projects/{project}/items/{item}/result?frame={frame}&v={revision}";

    /// <summary>The original of a frame, likewise; it never changes.</summary>
    public static string Original(string project, string item, int frame) => $"/media/projects/{project}/items/{item}/original?frame={frame}";
}
