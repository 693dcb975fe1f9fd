using System.CommandLine;
using Veil.Cli.Options;
using Veil.Cli.Runs;

namespace Veil.Cli.Commands;

/// <summary><c>veil anonymize</c>: pictures in, the same pictures with everybody covered out.</summary>
internal static class AnonymizeCommand
{
    public static Command Create()
    {
        var command = new Command("anonymize", "Find people in pictures and cover them.");
        var (run, finding, method, coverage) = (new RunOptions(), new FindingOptions(), new MethodChoice(), new CoverageOptions());
        var (encoding, limits, explain) = (new EncodingOptions(), new LimitOptions(), new ExplainOptions());
        var (metadata, naming) = (new MetadataOptions(), new NamingOptions());
        run.AddTo(command);
        finding.AddTo(command);
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
            var found = finding.Read(parsed, chosen.Preset);
            var encode = encoding.Read(parsed) with { Metadata = metadata.Read(parsed) };
            var rendering = new Rendering(settings, chosen, coverage.Read(parsed, chosen.Preset), encode, naming.Read(parsed), limits.Read(parsed), explain.Read(parsed));
            return rendering.RunAsync("anonymize", found, cancel);
        });
        return command;
    }
}
