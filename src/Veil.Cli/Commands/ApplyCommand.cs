using System.CommandLine;
using Veil.Cli.Options;
using Veil.Cli.Runs;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Commands;

/// <summary><c>veil apply</c>: covers the regions of a file that <c>veil detect</c> wrote and a person may have edited.</summary>
internal static class ApplyCommand
{
    public static Command Create()
    {
        var regions = new Option<FileInfo>("--regions", "-r") { Description = "The regions file.", HelpName = "FILE", Required = true };
        var command = new Command("apply", "Cover the regions of a file that 'veil detect' wrote, edited or not, without detecting again.") { regions };
        var (run, method, coverage) = (new RunOptions(), new MethodChoice(), new CoverageOptions());
        var (encoding, limits, explain) = (new EncodingOptions(), new LimitOptions(), new ExplainOptions());
        var (metadata, naming) = (new MetadataOptions(), new NamingOptions());
        run.AddTo(command);
        method.AddTo(command);
        coverage.AddTo(command);
        encoding.AddTo(command);
        metadata.AddTo(command);
        naming.AddTo(command);
        explain.AddTo(command);
        limits.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            var settings = run.Read(parsed);
            var chosen = method.Read(parsed, Catalogues.Methods);
            var encode = encoding.Read(parsed) with { Metadata = metadata.Read(parsed) };
            var rendering = new Rendering(settings, chosen, coverage.Read(parsed, chosen.Preset), encode, naming.Read(parsed), limits.Read(parsed), explain.Read(parsed));
            return rendering.RunAsync("apply", Open(parsed.GetValue(regions)!), cancel);
        });
        return command;
    }

    private static RegionFinder Open(FileInfo file)
    {
        RegionsDocument document;
        string hash;
        try
        {
            using var stream = file.OpenRead();
            document = RegionsDocumentReader.Read(stream);
            stream.Position = 0;
            hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.InvalidRegions, $"The regions file '{file}' cannot be read: {error.Message}", "", error);
        }

        return new RegionFinder(() => new StoredRegions(document), new Dictionary<string, string> { ["regions-sha256"] = hash }, [], []);
    }
}
