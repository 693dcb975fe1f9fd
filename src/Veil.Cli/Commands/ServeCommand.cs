using System.CommandLine;
using System.Globalization;
using Veil.Cli.Serve;

namespace Veil.Cli.Commands;

/// <summary><c>veil serve</c>: the engine as an HTTP API.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Data = new("--data")
    {
        Description = "The folder with keys, uploads and jobs; by default veil/serve in your data home.", HelpName = "DIR",
    };

    public static Command Create()
    {
        var options = new ServeOptions();
        var command = new Command("serve", "Offer Veil as an HTTP API: pictures in, pictures out, and jobs for films and batches. Ctrl-C or a termination signal ends it without losing an accepted job.")
        {
            Data,
        };
        foreach (var option in options.All)
        {
            command.Add(option);
        }

        command.Add(Keys());
        // The run is a type of its own, so that no other command loads ASP.NET for it.
        command.SetAction((parsed, cancel) => options.IsWorker(parsed) ? Task.FromResult(ServeWorker.Run()) : ServeRun.RunAsync(options.Read(parsed, parsed.GetValue(Data)), cancel));
        return command;
    }

    private static Command Keys()
    {
        var name = new Argument<string>("name") { Description = "Who uses the key." };
        var days = new Option<int?>("--days") { Description = "The key ends to be valid after so many days; by default never.", HelpName = "N" };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 36500)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"Expected 1 to 36500 days for --days, but received {result.GetValueOrDefault<int?>()}."));
            }
        });
        var add = new Command("add", "Make a key, and show it: it is shown once, and only its hash is kept.") { name, days, Data };
        add.SetAction(parsed => ServeKeys.Add(parsed.GetValue(Data), parsed.GetRequiredValue(name), parsed.GetValue(days)));
        var list = new Command("list", "List the keys by name; the keys themselves are kept nowhere.") { Data };
        list.SetAction(parsed => ServeKeys.List(parsed.GetValue(Data)));
        var revoke = new Command("revoke", "Make a key useless, at once: a server that runs sees it within a second.") { name, Data };
        revoke.SetAction(parsed => ServeKeys.Revoke(parsed.GetValue(Data), parsed.GetRequiredValue(name)));
        return new Command("keys", "Make, list and revoke API keys.") { add, list, revoke };
    }
}
