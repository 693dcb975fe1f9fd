using System.CommandLine;
using Veil.Errors;
using Veil.Evaluation.Utility;

namespace Veil.Cli.Options;

/// <summary>How networks are trained to measure utility.</summary>
internal sealed class UtilityTrainingOptions
{
    private static readonly UtilityOptions Defaults = new();

    private readonly Option<TrainingProtocol> _protocol = new("--protocol")
    {
        Description = "frozen trains a head on features that ResNet-50 computes once for each picture: minutes. finetune trains ResNet-50 itself at --side: hours.",
        DefaultValueFactory = _ => Defaults.Protocol,
    };

    private readonly Option<int> _seeds = Number("--seeds", "Trainings for each method; intervals need 2 or more, and are wide with fewer than 5.", Defaults.Seeds);
    private readonly Option<int> _batch = Number("--batch", "Pictures in one step.", Defaults.BatchSize);
    private readonly Option<int> _epochs = Number("--epochs", "Epochs at most.", Defaults.Epochs);
    private readonly Option<int> _patience = Number("--patience", "Stop after so many epochs without a lower validation loss; the best epoch's weights are tested.", Defaults.Patience);
    private readonly Option<int> _side = Number("--side", "With --protocol finetune: columns and rows of what the network sees, a multiple of 32.", Defaults.Side);
    private readonly Option<int> _stages = Number("--trained-stages", "With --protocol finetune: of ResNet-50's 5 stages, how many are trained, from the end.", Defaults.TrainedStages);

    private readonly Option<double> _validation = new("--validation")
    {
        Description = "Share of each class's training pictures that tells when to stop, where the dataset has no validation split.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => Defaults.Validation,
    };

    private readonly Option<double?> _rate = new("--learning-rate")
    {
        Description = "Adam's step size. Default: 0.001 for frozen, 0.0001 for finetune.",
        HelpName = "RATE",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _protocol, _seeds, _validation, _batch, _epochs, _patience, _rate, _side, _stages })
        {
            command.Add(option);
        }
    }

    /// <exception cref="VeilException">Out of range.</exception>
    public UtilityOptions Read(ParseResult parsed)
    {
        var options = new UtilityOptions
        {
            Protocol = parsed.GetValue(_protocol), Seeds = parsed.GetValue(_seeds), Validation = parsed.GetValue(_validation), BatchSize = parsed.GetValue(_batch),
            Epochs = parsed.GetValue(_epochs), Patience = parsed.GetValue(_patience), LearningRate = parsed.GetValue(_rate), Side = parsed.GetValue(_side), TrainedStages = parsed.GetValue(_stages),
        };
        Checked.Require(options);
        if (options.Side % 32 != 0)
        {
            throw new VeilException(VeilErrorCode.InvalidOption, $"--side expects a multiple of 32, but received {options.Side}.", "For example: --side 64");
        }

        return options;
    }

    private static Option<int> Number(string name, string description, int usual) => new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual };
}
