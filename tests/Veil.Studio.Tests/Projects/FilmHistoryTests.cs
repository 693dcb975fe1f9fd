using Veil.Engine.Runs;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Studio.Projects;
using Veil.Studio.Tests.Films;
using Xunit.Abstractions;

namespace Veil.Studio.Tests.Projects;

public sealed class FilmHistoryTests(Workshop workshop, ITestOutputHelper output) : IClassFixture<Workshop>
{
    private const int Width = 192;
    private const int Height = 108;
    private const int Frames = 75;

    [Fact]
    public void A_frame_depends_on_where_its_tracks_begin_and_on_those_just_before_it()
    {
        // One track from frame 10 on, another from 30 to 50.
        var film = DrawnFilm.Found(Frames, frame => frame >= 10 ? Place(frame) : null);
        film = film with
        {
            Frames = [.. film.Frames.Select(frame => frame.Index is < 30 or > 50 ? frame : frame with
            {
                Regions = [.. frame.Regions, new ReviewedRegion(1000 + frame.Index, new Region(Place(frame.Index), RegionKind.Face, 0.9f, DrawnFilm.Detector) { Track = 2 }, CoverChoice.Covered)],
            })],
        };
        Is([], 0, FilmHistory.Of(film, 40, FilmMemory.Nothing));
        Is([10, 30], 0, FilmHistory.Of(film, 40, FilmMemory.FirstFrames));
        Is([10], 0, FilmHistory.Of(film, 60, FilmMemory.FirstFrames));
        Is([], 0, FilmHistory.Of(film, 10, FilmMemory.FirstFrames));
        Is([10], FilmHistory.MostRow, FilmHistory.Of(film, 60, FilmMemory.LastFrames));
        Is([], 20, FilmHistory.Of(film, 20, FilmMemory.LastFrames));

        static void Is(int[] begun, int row, FilmHistory history)
        {
            Assert.Equal(begun, history.Begun);
            Assert.Equal(row, history.Row);
        }
    }

    [FfmpegTheory]
    [InlineData("veil", 2)]
    [InlineData("synthetic", 12)]
    [InlineData("pixelate", 2)]
    [InlineData("gaussian", 2)]
    public async Task A_frame_is_shown_as_the_export_writes_it(string method, double most)
    {
        // What is beneath changes from dark to bright and from red to blue, so that methods with a memory differ most.
        Directory.CreateDirectory(workshop.Folder[method]);
        Clip.Make(workshop.Folder[method + "/film.mp4"], $"-f lavfi -i \"color=red:s={Width}x{Height}:r=25\" -vf \"hue=H=2*PI*t/3:b=-4+3*t,noise=alls=8\" -frames:v {Frames} -c:v libx264 -crf 1 -pix_fmt yuv420p");
        var project = (await workshop.Projects.CreateAsync(method, [workshop.Folder[method]], default)).Id;
        var settings = new AnonymizerSettings { Treatments = [new KindTreatment(RegionKind.Face) { Method = method }], Video = new() { Crf = 1 } };
        workshop.Projects.Change(project, before => before with
        {
            Settings = settings,
            Stage = ProjectStage.Reviewing,
            Items = [before.Items[0] with { State = ItemState.Ready, Width = Width, Height = Height, Frames = Frames, FramesPerSecond = 25, Stamp = RunJournal.InputStamp(before.Items[0].Path) }],
        });
        var film = DrawnFilm.Found(Frames, frame => frame >= 5 ? Place(frame) : null) with { Width = Width, Height = Height };
        await workshop.Views.SaveAsync(project, "000001", film, default);
        var after = await workshop.ExportAsync(project, workshop.Folder[method + "-out"]);
        Assert.Equal(ItemState.Exported, after.Items[0].State);
        var written = Clip.Pixels(workshop.Folder[method + "-out/film.mp4"], "rgb24");
        foreach (var frame in new[] { 5, 6, 40, 74 })
        {
            var shown = await workshop.Views.ResultAsync(project, "000001", frame, 0, null, default);
            using var picture = Picture.Decode(shown.Bytes);
            using var pixels = picture.TakeFrame(0);
            var alone = Alone(settings, film, frame);
            var (with, without) = (Difference(written, frame, pixels), Difference(written, frame, alone));
            output.WriteLine($"{method}, frame {frame}: {with:0.00} of 255 from what is written; {without:0.00} where the frame stands for itself");
            Assert.True(with <= most, $"frame {frame}: {with}");
        }

        PixelBuffer Alone(AnonymizerSettings own, ReviewedItem item, int frame)
        {
            using var anonymizer = Anonymizer.Create(own);
            var pixels = FrameDecoder.ReadRow(after.Items[0], frame, item.Frames[frame].Time, 1, default).Single().Pixels;
            anonymizer.CoverKnown(pixels, [.. item.Frames[frame].Regions.Select(region => region.Region)], default);
            return pixels;
        }
    }

    private static Box Place(int frame) => Box.FromSize(60 + (frame / 4f), 20, 50, 64);

    private static double Difference(byte[] written, int frame, PixelBuffer shown)
    {
        var (sum, count, inside) = (0L, 0, Place(frame).Grow(-0.15f).ToPixels());
        for (var y = inside.Top; y < inside.Bottom; y++)
        {
            for (var x = 3 * inside.Left; x < 3 * inside.Right; x++)
            {
                sum += Math.Abs(written[(((frame * Height) + y) * Width * 3) + x] - shown.Row(y)[x]);
                count++;
            }
        }

        return (double)sum / count;
    }
}
