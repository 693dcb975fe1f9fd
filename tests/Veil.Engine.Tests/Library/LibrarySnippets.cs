using Veil.Anonymization.Methods;
using Veil.Detection;
using Veil.Errors;
using Veil.Identity;
using Veil.Imaging;
using Veil.Imaging.Metadata;
using Veil.Onnx.Models;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Engine.Tests.Library;

/// <summary>What docs/library.md shows, region by region: <see cref="LibraryPageTests"/> runs it, and compares it with the page.</summary>
/// <param name="folder">Where files are; the page leaves <see cref="At"/> out.</param>
internal sealed class LibrarySnippets(string folder)
{
    public string At(string name) => Path.Combine(folder, name);

    public void Picture()
    {
        #region picture
        using var anonymizer = Anonymizer.Create();
        anonymizer.Anonymize(At("party.jpg"), At("party-anonymized.jpg")).EnsureDone();
        #endregion
    }

    public async Task Folder()
    {
        #region folder
        using var anonymizer = Anonymizer.Create();
        var counts = await anonymizer.AnonymizeFolderAsync(At("holiday"), At("holiday-anonymized"));
        Console.WriteLine($"{counts.Done} done, {counts.Failed} failed; nobody was found in {counts.WithoutRegions}: look at these");
        #endregion
    }

    public void Clip()
    {
        #region clip
        using var anonymizer = Anonymizer.Create();
        anonymizer.Anonymize(At("dance.mp4"), At("dance-anonymized.mp4")).EnsureDone();
        #endregion
    }

    public void Settings()
    {
        #region settings
        using var anonymizer = Anonymizer.Create(new AnonymizerSettings
        {
            Treatments =
            [
                new KindTreatment(RegionKind.Face) { Method = "pixelate", Options = new PixelateOptions { Grid = 4 }, Growth = 0.4f },
                new KindTreatment(RegionKind.Plate),
            ],
            Detection = new DetectionSettings { Effort = DetectionEffort.Thorough },
            Encoding = new EncodeOptions { Metadata = new MetadataPolicy(MetadataLevel.Safe) },
            Existing = OverwritePolicy.Replace,
        });
        foreach (var warning in anonymizer.Warnings.Concat(anonymizer.Hints))
        {
            Console.WriteLine(warning);
        }
        #endregion

        anonymizer.Anonymize(At("party.jpg"), At("party-anonymized.jpg")).EnsureDone();
    }

    public void Regions()
    {
        #region regions
        using var anonymizer = Anonymizer.Create();
        var found = anonymizer.Find(At("party.jpg")).EnsureDone();

        var sure = found.Frames[0].Regions.Where(region => region.Score >= 0.5f);
        var drawn = new Region(new Box(20, 30, 120, 150), RegionKind.Face, 1, new RegionOrigin(RegionSource.Hand));
        var edited = new RegionTimeline("party.jpg", found.Info!.Width, found.Info.Height, [new FrameRegions(0, TimeSpan.Zero, [.. sure, drawn])]);

        anonymizer.Apply(At("party.jpg"), edited, At("party-anonymized.jpg")).EnsureDone();
        #endregion
    }

    public void People()
    {
        #region people
        using var anonymizer = Anonymizer.Create(new AnonymizerSettings
        {
            People = new PeopleSelection(PersonRule.Except) { Photos = At("friends") },
        });
        var result = anonymizer.Anonymize(At("party.jpg"), At("party-anonymized.jpg")).EnsureDone();
        Console.WriteLine($"{result.RegionCount} faces were covered");
        #endregion
    }

    public static IReadOnlyList<Region> Memory(byte[] bytes, int width, int height)
    {
        #region memory
        using var anonymizer = Anonymizer.Create();
        using var picture = PixelBuffer.Wrap(bytes, width, height, stride: 3 * width, PixelFormat.Rgb24);
        var covered = anonymizer.Anonymize(picture);
        #endregion

        return covered;
    }

    public void Progress(CancellationToken cancellationToken)
    {
        #region progress
        using var anonymizer = Anonymizer.Create(cancellationToken: cancellationToken);
        var progress = new Progress<ItemProgress>(now => Console.WriteLine($"frame {now.Done} of {now.Total}"));
        try
        {
            anonymizer.Anonymize(At("dance.mp4"), At("dance-anonymized.mp4"), progress, cancellationToken).EnsureDone();
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Stopped; nothing was written.");
        }
        catch (VeilException error)
        {
            Console.WriteLine($"{error.Code}: {error.Message} {error.Hint}");
        }
        #endregion
    }

    public void OwnMethod()
    {
        #region own-method
        using var anonymizer = Anonymizer.Create(new AnonymizerSettings
        {
            OwnMethods = [StripesAnonymizer.Describe()],
            Treatments = [new KindTreatment(RegionKind.Face) { Method = "stripes", Options = new StripesOptions { Width = 0.2f } }],
        });
        #endregion

        anonymizer.Anonymize(At("party.jpg"), At("party-anonymized.jpg")).EnsureDone();
    }

    public void OwnDetector()
    {
        #region own-detector
        using var anonymizer = Anonymizer.Create(new AnonymizerSettings
        {
            Treatments = [new KindTreatment(RegionKind.Text) { Method = "solid" }],
            Detection = new DetectionSettings { OwnDetectors = [BadgeDetector.Describe()], Detectors = ["badges"] },
        });
        #endregion

        anonymizer.Anonymize(At("badge.png"), At("badge-anonymized.png")).EnsureDone();
    }

    public void Permissive()
    {
        #region permissive
        using var anonymizer = Anonymizer.Create(new AnonymizerSettings { Licence = ModelLicenceFilter.Permissive });
        #endregion

        anonymizer.Anonymize(At("party.jpg"), At("party-anonymized.jpg")).EnsureDone();
    }
}
