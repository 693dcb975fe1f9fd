using Microsoft.Extensions.DependencyInjection;
using Veil.Imaging;
using Veil.Studio.Hosting;
using Veil.Studio.Projects;

namespace Veil.Studio.Tests.Projects;

/// <summary>A studio with its projects, which can be ended and started again on the same data.</summary>
public sealed class Workshop : IAsyncLifetime, IDisposable
{
    /// <summary>Files of the test, and the studio's data.</summary>
    internal TemporaryFolder Folder { get; } = new();

    internal StudioServer Server { get; private set; } = null!;

    internal IProjects Projects => Of<IProjects>();

    internal ProjectRuns Runs => Of<ProjectRuns>();

    internal IItemViews Views => Of<IItemViews>();

    internal string Data => Folder["data"];

    internal T Of<T>()
        where T : notnull => Server.Services.GetRequiredService<T>();

    public async Task InitializeAsync() => Server = await StudioServer.StartAsync(new StudioOptions { DataFolder = Data });

    public async Task DisposeAsync() => await Server.DisposeAsync();

    public void Dispose() => Folder.Dispose();

    internal async Task RestartAsync()
    {
        await Server.DisposeAsync();
        await InitializeAsync();
    }

    /// <summary>Copies generated portraits into a folder of the test.</summary>
    internal string Portraits(string folder, int count, int first = 0)
    {
        for (var i = first; i < first + count; i++)
        {
            Folder.Write($"{folder}/portrait-{i:000}.jpg", File.ReadAllBytes(SharedData.Path("synthetic-portraits", $"portrait-{i:000}.jpg")));
        }

        return Folder[folder];
    }

    /// <summary>A picture of nobody.</summary>
    internal string Blank(string name, byte grey = 200)
    {
        var pixels = new PixelBuffer(96, 64, PixelFormat.Rgb24);
        pixels.Span.Fill(grey);
        using var picture = Picture.FromPixels(pixels, PictureFormat.Png);
        return Folder.Write(name, picture.Encode());
    }

    /// <summary>Finds, and waits until nothing is left.</summary>
    internal async Task<Project> FindAsync(string project)
    {
        Runs.StartFinding(project);
        return await IdleAsync(project);
    }

    internal async Task<Project> ExportAsync(string project, string? folder, VerifyOutput verify = VerifyOutput.Off)
    {
        Runs.StartExport(project, new ExportTarget(folder, verify));
        return await IdleAsync(project);
    }

    internal async Task<Project> IdleAsync(string project)
    {
        await Eventually.TrueAsync(() => Runs.Find(project) is null);
        return Projects.Find(project)!;
    }
}
