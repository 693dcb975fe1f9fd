using Microsoft.Extensions.DependencyInjection;
using Veil.Imaging;
using Veil.Regions;
using Veil.Studio.Projects;

namespace Veil.Studio.Browser.Tests.Review;

/// <summary>A project whose regions are known: what was found is said by the test, everything else is the studio's own.</summary>
internal sealed class ReviewedProject
{
    public const int Width = 800;
    public const int Height = 600;

    private readonly IProjects _projects;
    private readonly IItemViews _views;

    private ReviewedProject(StudioVisit visit)
    {
        // A result that is out of date before it has come is given up, and so is one that nobody looks at any more.
        visit.Expecting("ERR_ABORTED");
        (_projects, _views) = (visit.Server.Services.GetRequiredService<IProjects>(), visit.Server.Services.GetRequiredService<IItemViews>());
        Id = _projects.CreateEmpty("Holiday").Id;
        _projects.Change(Id, project => project with
        {
            Stage = ProjectStage.Reviewing,
            Settings = new AnonymizerSettings { Treatments = [new KindTreatment(RegionKind.Face) { Method = "solid" }] },
        });
    }

    public string Id { get; }

    public IProjects Projects => _projects;

    public Project Project => _projects.Find(Id)!;

    public static ReviewedProject Create(StudioVisit visit) => new(visit);

    /// <summary>A face as a detector finds it.</summary>
    public static ReviewedRegion Face(int id, Box box, float score = 0.92f) =>
        new(id, new Region(box, RegionKind.Face, score, new RegionOrigin(RegionSource.Detector, "test")), CoverChoice.Covered);

    /// <summary>Adds a drawn picture.</summary>
    public Task<string> AddAsync(string name, params ReviewedRegion[] regions) => AddAsync(name, Drawn(regions), Width, Height, regions);

    /// <summary>Adds a picture.</summary>
    public async Task<string> AddAsync(string name, byte[] file, int width, int height, params ReviewedRegion[] regions)
    {
        using var content = new MemoryStream(file);
        var item = await _projects.AddAsync(Id, name, content, CancellationToken.None);
        Change(item.Id, one => one with { State = ItemState.Ready, Width = width, Height = height, Frames = 1 });
        await _views.SaveAsync(Id, item.Id, new ReviewedItem(width, height, [new ReviewedFrame(0, default, regions)]), CancellationToken.None);
        return item.Id;
    }

    public void Change(string item, Func<ProjectItem, ProjectItem> change) => _projects.ChangeItem(Id, item, change);

    /// <summary>What is kept of an item's only frame.</summary>
    public async Task<IReadOnlyList<ReviewedRegion>> KeptAsync(string item) => (await _views.RegionsAsync(Id, item, CancellationToken.None))!.Frames[0].Regions;

    /// <summary>The same, once as many regions are kept as expected, and they are as expected.</summary>
    public async Task<IReadOnlyList<ReviewedRegion>> KeptEventuallyAsync(string item, int count, Func<IReadOnlyList<ReviewedRegion>, bool>? holds = null)
    {
        IReadOnlyList<ReviewedRegion> kept = [];
        await Eventually.TrueAsync(() => (kept = KeptAsync(item).GetAwaiter().GetResult()).Count == count && holds?.Invoke(kept) != false);
        return kept;
    }

    /// <summary>What somebody else found in an item.</summary>
    public Task FindAgainAsync(string item, params ReviewedRegion[] regions) =>
        _views.SaveAsync(Id, item, new ReviewedItem(Width, Height, [new ReviewedFrame(0, default, regions)]), CancellationToken.None);

    public string ReviewAddress(string? item = null) => $"/projects/{Id}/review" + (item is null ? "" : "/" + item);

    /// <summary>A picture whose colour says where one is, with a light oval in every region.</summary>
    public static byte[] Drawn(IReadOnlyList<ReviewedRegion> regions, PictureFormat format = PictureFormat.Png)
    {
        var pixels = new PixelBuffer(Width, Height, PixelFormat.Rgb24);
        for (var y = 0; y < Height; y++)
        {
            var row = pixels.Row(y);
            for (var x = 0; x < Width; x++)
            {
                var isFace = regions.Any(region => IsIn(region.Region.Box, x, y));
                (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = isFace ? ((byte)232, (byte)190, (byte)160) : ((byte)(40 + (x / 8)), (byte)(60 + (y / 6)), (byte)120);
            }
        }

        using var picture = Picture.FromPixels(pixels, format);
        return picture.Encode(new EncodeOptions());
    }

    private static bool IsIn(Box box, int x, int y)
    {
        var (dx, dy) = ((x + 0.5f - box.CenterX) / box.Width * 2, (y + 0.5f - box.CenterY) / box.Height * 2);
        return (dx * dx) + (dy * dy) < 1;
    }
}
