using Veil.Studio.Projects;

namespace Veil.Studio.Components.Pages.Run;

/// <summary>What came of an export: where results are, reports, and what was not covered, in plain words.</summary>
public sealed partial class ResultCard
{
    private const int MostFindings = 20;

    private bool IsZip => Project.ExportedTo == Projects.FolderOf(Project.Id, ExportFolder.OfZip);

    private int Done => Project.Items.Count(item => item.State == ItemState.Exported);

    private int Failed => Project.Items.Count(item => item.State == ItemState.Failed);

    private List<ProjectItem> Findings => [.. Project.Items.Where(item => item.Findings.Count > 0).Take(MostFindings)];

    private IEnumerable<string> NotCovered
    {
        get
        {
            var exported = Project.Items.Where(item => item.State == ItemState.Exported).ToList();
            var clear = exported.Count(item => item.Doubts.Any(doubt => doubt.Reason == DoubtReason.SomebodyClear));
            var nothing = exported.Count(item => item.Regions == 0 && item.Doubts.Any(doubt => doubt.Reason == DoubtReason.NothingFound));
            if (clear > 0)
            {
                yield return T.Format("ClearIn", clear);
            }

            if (nothing > 0)
            {
                yield return T.Format("NothingIn", nothing);
            }

            yield return T["OnlyFound"];
        }
    }
}
