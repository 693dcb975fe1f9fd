using Microsoft.Extensions.DependencyInjection;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Studio.Projects;
using Clip = Veil.Testing.Clip;

namespace Veil.Studio.Browser.Tests.Films;

/// <summary>A project with one drawn film, whose regions are known: a white square that wanders, and an orange one that stays from second 0.8 to 2.4.</summary>
internal sealed class ReviewedFilm
{
    public const int Frames = 100;
    public const int Width = 480;
    public const int Height = 270;

    private static readonly RegionOrigin Detector = new(RegionSource.Detector, "test");

    private readonly IProjects _projects;
    private readonly IItemViews _views;
    private readonly ProjectRuns _runs;

    private ReviewedFilm(StudioVisit visit)
    {
        // A picture that is out of date before it has come is given up.
        visit.Expecting("ERR_ABORTED");
        var services = visit.Server.Services;
        (_projects, _views, _runs) = (services.GetRequiredService<IProjects>(), services.GetRequiredService<IItemViews>(), services.GetRequiredService<ProjectRuns>());
        Project = _projects.CreateEmpty("Holiday").Id;
    }

    public string Project { get; }

    public string Item { get; private set; } = "";

    public string Address => $"/projects/{Project}/review/{Item}";

    public static Box Wanderer(int frame) => Box.FromSize(30 + (3 * frame), 90, 60, 60);

    public static Box Stayer { get; } = Box.FromSize(380, 30, 60, 60);

    public static async Task<ReviewedFilm> CreateAsync(StudioVisit visit)
    {
        var film = new ReviewedFilm(visit);
        var path = Clip.Make(
            visit.Folder["film.mp4"],
            $"-f lavfi -i gradients=s={Width}x{Height}:c0=0x27406b:c1=0x6b8f71:duration=4:rate=25:speed=0.00001:nb_colors=2 "
            + $"-f lavfi -i color=white:s=60x60:r=25:d=4 -f lavfi -i color=0xe08a30:s=60x60:r=25:d=4 "
            + "-filter_complex \"[0][1]overlay=x='30+3*n':y=90[a];[a][2]overlay=x=380:y=30:enable='between(n,20,60)'\" -pix_fmt yuv420p -crf 12");
        await film.AddAsync("walk.mp4", path, Width, Height, [.. Enumerable.Range(0, Frames).Select(frame => new ReviewedFrame(frame, TimeSpan.FromMilliseconds(40 * frame), Regions(frame)))]);
        return film;
    }

    public static async Task<ReviewedFilm> CreateAsync(StudioVisit visit, string path, int width, int height, IReadOnlyList<ReviewedFrame> frames)
    {
        var film = new ReviewedFilm(visit);
        await film.AddAsync(Path.GetFileName(path), path, width, height, frames);
        return film;
    }

    public async Task<ReviewedItem> KeptAsync() => (await _views.RegionsAsync(Project, Item, CancellationToken.None))!;

    public Task KeptEventuallyAsync(Func<ReviewedItem, bool> holds) => Eventually.TrueAsync(() => holds(KeptAsync().GetAwaiter().GetResult()));

    /// <summary>Exports, and gives the result's file.</summary>
    public async Task<string> ExportAsync(string folder)
    {
        _runs.StartExport(Project, new ExportTarget(folder, VerifyOutput.Off));
        await Eventually.TrueAsync(() => _projects.Find(Project)!.Find(Item)!.State is ItemState.Exported or ItemState.Failed);
        var item = _projects.Find(Project)!.Find(Item)!;
        Assert.True(item.State == ItemState.Exported, item.Error?.Message);
        return Directory.GetFiles(folder, "*.mp4", SearchOption.AllDirectories).Single();
    }

    private async Task AddAsync(string name, string path, int width, int height, IReadOnlyList<ReviewedFrame> frames)
    {
        _projects.Change(Project, project => project with
        {
            Stage = ProjectStage.Reviewing,
            Settings = new AnonymizerSettings { Treatments = [new KindTreatment(RegionKind.Face) { Method = "solid", Shape = RegionShape.Box, Growth = 0, SoftEdge = 0 }] },
        });
        await using (var content = File.OpenRead(path))
        {
            Item = (await _projects.AddAsync(Project, name, content, CancellationToken.None)).Id;
        }

        _projects.ChangeItem(Project, Item, item => item with
        {
            State = ItemState.Ready, Width = width, Height = height, Frames = frames.Count, FramesPerSecond = 25,
            Stamp = RunJournal.InputStamp(_projects.Find(Project)!.Find(Item)!.Path),
        });
        await _views.SaveAsync(Project, Item, new ReviewedItem(width, height, frames), CancellationToken.None);
        _projects.ChangeItem(Project, Item, item => item with { Doubts = [new Doubt(DoubtReason.BrokenTrack, 60), new Doubt(DoubtReason.WeakDetection, 20)] });
    }

    private static IReadOnlyList<ReviewedRegion> Regions(int frame) =>
    [
        new ReviewedRegion(frame + 1, new Region(Wanderer(frame), RegionKind.Face, 0.9f, frame % 10 < 6 ? Detector : new RegionOrigin(RegionSource.Track, "test")) { Track = 1 }, CoverChoice.Covered),
        .. frame is >= 20 and <= 60 ? new[] { new ReviewedRegion(frame + 1001, new Region(Stayer, RegionKind.Face, 0.6f, Detector) { Track = 2 }, CoverChoice.Covered) } : [],
    ];
}
