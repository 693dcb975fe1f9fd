using Veil.Pipeline.Isolation;

namespace Veil.Studio.Tests.Api;

/// <summary>Every hostile file that there is goes through the API: each answer is a picture that was covered, or a problem, and the server lives.</summary>
public sealed class HostileUploadTests
{
    private const int AtATime = 4;
    private static readonly string[] Addresses = ["/v1/images", "/v1/detections"];

    [DataFact("hostile")]
    public Task Hostile_pictures_never_bring_the_server_down() => SendAllAsync("hostile", ApiLab.RealWorker);

    [DataFact("hostile")]
    public Task Hostile_pictures_do_not_bring_a_server_down_that_works_in_its_own_process() => SendAllAsync("hostile", null);

    [DataFact("metadata")]
    public Task Pictures_with_strange_metadata_never_bring_the_server_down() => SendAllAsync("metadata", ApiLab.RealWorker);

    private static async Task SendAllAsync(string folder, WorkerCommand? worker)
    {
        await using var lab = await ApiLab.StartAsync(options => options with { Worker = worker, Limits = options.Limits with { MaxPixels = 20_000_000 } });
        var files = Directory.EnumerateFiles(SharedData.Path(folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var covered = 0;

        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (file, token) =>
        {
            var bytes = await File.ReadAllBytesAsync(file, token);
            foreach (var address in Addresses)
            {
                // The contract holds every answer against the document; what comes back as a picture was covered as a whole.
                using var response = await lab.PostAsync(address + ApiLab.Whole, ApiLab.Body(bytes, "application/octet-stream"));
                var status = (int)response.StatusCode;
                Assert.True(status is 200 or 400 or 413 or 415 or 422, $"{Path.GetFileName(file)}: {status}");
                if (status == 200 && address == "/v1/images")
                {
                    Assert.NotEqual("0", response.Headers.GetValues("Veil-Regions").Single());
                    Interlocked.Increment(ref covered);
                }
            }
        });
        using var after = await lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png()));

        Assert.True(after.IsSuccessStatusCode);
        Assert.True(covered > 0);
    }
}
