using System.IO.Compression;
using Veil.Imaging;

namespace Veil.Engine.Tests.Packaging;

/// <summary>A program outside the repository that refers to the package Veil.Engine and to nothing else.</summary>
public sealed class PackagesTests : IDisposable
{
    private const string Program = """
        using Veil;
        using Veil.Imaging;
        using Veil.Onnx.Models;
        using Veil.Regions;

        var settings = new AnonymizerSettings { Treatments = [new KindTreatment(RegionKind.Face) { Method = "solid" }] };
        using var anonymizer = Anonymizer.Create(settings);
        using var anew = Anonymizer.Create(settings with { Encoding = new EncodeOptions { Format = PictureFormat.Png } });
        Console.WriteLine($"picture: {anew.Anonymize("people.jpg", "covered.png").EnsureDone().RegionCount}");
        var counts = await anonymizer.AnonymizeFolderAsync("folder", "results");
        Console.WriteLine($"folder: {counts.Done} done, {counts.Failed} failed, {counts.Regions}");
        if (File.Exists("clip.mp4"))
        {
            Console.WriteLine($"clip: {anonymizer.Anonymize("clip.mp4", "clip-covered.mp4").EnsureDone().RegionCount}");
        }

        foreach (var place in ModelStore.Default().Folders.Concat(File.ReadLines("/proc/self/maps").Select(line => line[(line.LastIndexOf(' ') + 1)..])).Distinct())
        {
            Console.WriteLine($"used {place}");
        }
        """;

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
            <NuGetAudit>false</NuGetAudit>
            <CreateHardLinksForAdditionalFilesIfPossible>true</CreateHardLinksForAdditionalFilesIfPossible>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Veil.Engine" Version="*" />
          </ItemGroup>
        </Project>
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PackagingFact]
    public void A_program_with_the_package_alone_anonymizes_a_picture_a_folder_and_a_clip()
    {
        Directory.CreateDirectory(_folder["feed"]);
        Directory.CreateDirectory(_folder["scratch"]);
        PackageFeed.Pack(_folder["feed"], _folder["scratch"], "Veil.Engine");
        Assert.All(Directory.EnumerateFiles(_folder["feed"], "*.nupkg"), Inspect);

        WriteProgram();
        DotnetCommand.Run(_folder["hide"], "build", "-c", "Release", "-v", "quiet", "-nologo", "-nodeReuse:false", "-o", _folder["built"]);
        var run = DotnetCommand.Run(_folder["hide"], _folder["built/hide.dll"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Contains("picture: 4", run);
        Assert.Contains("folder: 1 done, 0 failed, 4", run);
        Assert.Equal(Ffmpeg.Missing is null, run.Contains("clip: 12"));
        Assert.DoesNotContain(run, line => line.Contains(RepositoryRoot.Path + "/", StringComparison.Ordinal));
        Assert.Contains(run, line => line.Contains("libonnxruntime.so", StringComparison.Ordinal));
        Assert.Contains(run, line => line.Contains("libvips-cpp.so", StringComparison.Ordinal));
        using var picture = PictureFile.Open(_folder["hide/covered.png"]);
        using var pixels = picture.TakeFrame(0);
        Assert.Equal([0, 0, 0], pixels.Row(125).Slice(120 * 3, 3).ToArray());
    }

    private static void Inspect(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        var names = zip.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains("README.md", names);
        Assert.Contains("THIRD-PARTY-NOTICES.md", names);
        Assert.DoesNotContain(names, name => name.Contains("yolo", StringComparison.OrdinalIgnoreCase));
        Assert.InRange(new FileInfo(package).Length, 1, 250_000_000);
        using var reader = new StreamReader(zip.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open());
        var manifest = reader.ReadToEnd();
        Assert.Contains("<license type=", manifest, StringComparison.Ordinal);
        Assert.DoesNotContain("projectUrl", manifest, StringComparison.Ordinal);
        Assert.DoesNotContain(" url=", manifest, StringComparison.Ordinal);
        if (Path.GetFileName(package).StartsWith("Veil.Engine.", StringComparison.Ordinal))
        {
            Assert.Contains("lib/net10.0/Veil.Engine.xml", names);
            Assert.True(File.Exists(Path.ChangeExtension(package, ".snupkg")));
        }
    }

    private void WriteProgram()
    {
        var people = File.ReadAllBytes(DocumentationPictures.FourPeople);
        _folder.Write("hide/people.jpg", people);
        _folder.Write("hide/folder/a.jpg", people);
        if (Ffmpeg.Missing is null)
        {
            Clip.Make(_folder["hide/clip.mp4"], $"-loop 1 -r 10 -i \"{_folder["hide/people.jpg"]}\" -frames:v 3 -pix_fmt yuv420p");
        }

        File.WriteAllText(_folder["hide/Program.cs"], Program);
        File.WriteAllText(_folder["hide/hide.csproj"], Project);
        File.WriteAllText(_folder["hide/NuGet.config"], $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{_folder["packages"]}" /></config>
              <packageSources><clear /><add key="veil" value="{_folder["feed"]}" /><add key="others" value="{PackagingFactAttribute.PackageFolder}" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
    }
}
