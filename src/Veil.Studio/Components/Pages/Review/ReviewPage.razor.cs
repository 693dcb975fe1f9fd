using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Veil.Studio.Components.Shared;
using Veil.Studio.Projects;
using Veil.Studio.Reviewing;

namespace Veil.Studio.Components.Pages.Review;

/// <summary>All results of a project, the most doubtful first.</summary>
public sealed partial class ReviewPage
{
    private const int RowHeight = 316;
    private const int MostBadges = 2;
    private static readonly ReviewFilter[] Filters = Enum.GetValues<ReviewFilter>();
    private static readonly TimeSpan BetweenDrawings = TimeSpan.FromMilliseconds(250);

    private readonly HashSet<(string Item, int Revision)> _failed = [];
    private RegionWords _words = null!;
    private ElementReference _grid;
    private BrowserPart<ReviewPage>? _browser;
    private Project? _project;
    private RunView? _run;
    private ReviewFilter _filter;
    private IReadOnlyList<ProjectItem> _items = [];
    private IReadOnlyList<ProjectItem> _left = [];
    private Dictionary<ReviewFilter, int> _counts = [];
    private List<Row> _rows = [];
    private int _columns;
    private bool _drawing;
    private bool _gone;

    /// <summary>The project.</summary>
    [Parameter]
    public string ProjectId { get; set; } = "";

    private string Summary => T.Format("Summary", _items.Count, _left.Count);

    /// <summary>Called by the browser: as many tiles fit in a row.</summary>
    [JSInvokable]
    public void Fit(int columns)
    {
        _columns = Math.Max(1, columns);
        Arrange();
        StateHasChanged();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone = true;
        Projects.Changed -= OnChanged;
        Runs.Progressed -= OnChanged;
        _browser?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _words = new RegionWords(T);
        Projects.Changed += OnChanged;
        Runs.Progressed += OnChanged;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Look();

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_browser is null && _project is not null)
        {
            _browser = new BrowserPart<ReviewPage>(Js, this, "/js/review-grid.js");
            await _browser.OpenAsync("watch", _grid, _browser.Owner);
        }
    }

    // While people are being found, items change many times a second.
    private void OnChanged(string project)
    {
        if (project == ProjectId && !_drawing)
        {
            _drawing = true;
            _ = InvokeAsync(async () =>
            {
                await Task.Delay(BetweenDrawings);
                _drawing = false;
                if (!_gone)
                {
                    Look();
                    StateHasChanged();
                }
            });
        }
    }

    private void Look()
    {
        _project = Projects.Find(ProjectId);
        _run = Runs.Find(ProjectId);
        if (_project is not null)
        {
            _counts = Filters.ToDictionary(filter => filter, filter => _project.Items.Count(item => item.Passes(filter)));
            _left = ReviewQueue.Of(_project, ReviewFilter.NeedsALook);
            _items = ReviewQueue.Of(_project, _filter);
            Arrange();
        }
    }

    private void Choose(ReviewFilter filter)
    {
        _filter = filter;
        Look();
    }

    private void Arrange() => _rows = _columns == 0 ? [] : [.. _items.Chunk(_columns).Select((items, index) => new Row(index, items))];

    private string FactsOf(ProjectItem item) => !item.CanBeReviewed() ? _words.Of(item.State) : item.Regions switch
    {
        0 => T["CoveredNone"],
        _ when item.Frames > 1 => T.Format("CoveredFrames", item.Regions, item.Frames),
        1 => T["CoveredOne"],
        var many => T.Format("CoveredMany", many),
    };

    private static IEnumerable<DoubtReason> ReasonsOf(ProjectItem item) => item.Doubts.Select(doubt => doubt.Reason).Distinct();

    private sealed record Row(int Index, IReadOnlyList<ProjectItem> Items);
}
