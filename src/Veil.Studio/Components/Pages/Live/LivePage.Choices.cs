using System.Globalization;
using Microsoft.AspNetCore.Components;
using Veil.Anonymization;
using Veil.Regions;
using Veil.Studio.Live;

namespace Veil.Studio.Components.Pages.Live;

/// <summary>What can be chosen beside the picture. Every change holds at once; the camera goes on.</summary>
public sealed partial class LivePage
{
    private static readonly int[] Sizes = [480, 540, 720];

    private LiveChoice _choice = new();
    private string _camera = "";
    private int _lines = 480;
    private bool _wide = true;
    private bool _mirrored = true;

    private AnonymizerDescriptor Method => LiveMethods.Find(_choice.Method);

    private int Strength => _choice.Strength ?? LiveMethods.UsualStrength(Method);

    private static bool IsSure(AnonymizerDescriptor method) => method.Guarantee != Guarantee.Obfuscating && method.Assess(method.Defaults) is null;

    private void Toggle(RegionKind kind) => Choose(_choice with
    {
        Kinds = _choice.Kinds.Contains(kind) ? [.. _choice.Kinds.Where(other => other != kind)] : RegionKinds.InOrder([.. _choice.Kinds, kind]),
    });

    private void ChooseMethod(ChangeEventArgs chosen) => Choose(_choice with { Method = (string)chosen.Value!, Strength = null, Shape = null, Growth = null });

    // On the slider the strongest is at the right; in the list of strengths it comes first.
    private void ChooseStrength(ChangeEventArgs chosen) =>
        Choose(_choice with { Strength = LiveMethods.Strengths(Method) - 1 - int.Parse((string)chosen.Value!, CultureInfo.InvariantCulture) });

    private void ChooseDelay(ChangeEventArgs chosen) => Choose(_choice with { Delay = Enum.Parse<LiveDelay>((string)chosen.Value!) });

    private async Task ChooseCameraAsync(ChangeEventArgs chosen)
    {
        _camera = (string)chosen.Value!;
        if (_phase != Phase.Off)
        {
            await StartAsync();
        }
    }

    private Task ChooseRatioAsync(ChangeEventArgs chosen)
    {
        _wide = (string?)chosen.Value == "wide";
        return ShapeAsync();
    }

    private async Task ChooseSizeAsync(ChangeEventArgs chosen)
    {
        _lines = int.Parse((string)chosen.Value!, CultureInfo.InvariantCulture);
        await ShapeAsync();
        if (_phase != Phase.Off)
        {
            // The camera itself may have to give more than it was asked for.
            await StartAsync();
        }
    }

    /// <summary>Told again once the page's script is there.</summary>
    private async Task ShapeAsync()
    {
        if (_view is { IsOpen: true } view)
        {
            await view.TellAsync("shape", new { ratio = _wide ? 16.0 / 9 : 4.0 / 3, lines = _lines });
        }
    }

    private void Choose(LiveChoice choice)
    {
        _choice = choice;
        _room!.Choose(choice);
    }
}
