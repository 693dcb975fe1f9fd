using System.CommandLine;
using System.Globalization;
using Veil.Cli.Studio;

namespace Veil.Cli.Commands;

/// <summary><c>veil studio [FOLDER…]</c>: Veil with a mouse, in the user's browser, on this machine alone.</summary>
internal static class StudioCommand
{
    public static Command Create()
    {
        var offered = new Argument<string[]>("inputs") { Description = "Files and folders that the first page offers at once.", Arity = ArgumentArity.ZeroOrMore };
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; by default one that is free.", HelpName = "N" };
        var data = new Option<string?>("--data") { Description = "The folder that holds the projects, with copies of what is dropped into the page; by default veil/studio in your data home.", HelpName = "DIR" };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Print the address; open no browser." };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65535)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"Expected a port from 1 to 65535 for --port, or 0 for a free one, but received {result.GetValueOrDefault<int>()}."));
            }
        });
        var command = new Command("studio", "Open Veil in your browser: drop pictures and films, choose, look at every result, export. Nothing leaves this machine. Ctrl-C ends it.") { offered, port, data, noBrowser };
        // The run is a type of its own, so that no other command loads ASP.NET for it.
        command.SetAction((parsed, cancel) => StudioRun.RunAsync(
            parsed.GetValue(offered) ?? [], parsed.GetValue(port), parsed.GetValue(data), parsed.GetValue(noBrowser) ? BrowserStart.No : BrowserStart.Yes, cancel));
        return command;
    }
}
