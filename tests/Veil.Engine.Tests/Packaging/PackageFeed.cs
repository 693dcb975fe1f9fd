using System.Xml.Linq;

namespace Veil.Engine.Tests.Packaging;

/// <summary>Packs what was built with the tests: a project and all that it refers to.</summary>
internal static class PackageFeed
{
    /// <summary>Packs.</summary>
    /// <param name="feed">Gets the packages.</param>
    /// <param name="scratch">An empty folder outside the repository.</param>
    /// <param name="project">Name of the project.</param>
    public static void Pack(string feed, string scratch, string project)
    {
        var projects = new SortedSet<string>(StringComparer.Ordinal);
        Collect(Path.Combine(RepositoryRoot.Path, "src", project, project + ".csproj"), projects);
        var configuration = AppContext.BaseDirectory.Contains("/release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var all = Path.Combine(scratch, "pack.proj");
        File.WriteAllText(all, $"""
            <Project DefaultTargets="Pack">
              <Target Name="Pack">
                <MSBuild Projects="{string.Join(';', projects)}" Targets="Pack" BuildInParallel="true" Properties="NoBuild=true;Configuration={configuration};PackageOutputPath={feed}/" />
              </Target>
            </Project>
            """);
        DotnetCommand.Run(scratch, "msbuild", all, "-nologo", "-verbosity:quiet", "-maxCpuCount:2", "-nodeReuse:false");
    }

    private static void Collect(string project, SortedSet<string> found)
    {
        if (!found.Add(project))
        {
            return;
        }

        foreach (var reference in XDocument.Load(project).Descendants("ProjectReference"))
        {
            Collect(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value)), found);
        }
    }
}
