using Veil.Datasets.Writing;

namespace Veil.Datasets.Formats;

/// <summary>Writes folders of pictures: the folders are all there is, objects are lost.</summary>
internal sealed class ImageFoldersWriter(string root, DatasetWriteOptions options) : DatasetWriter(root, options)
{
    public override string PathFor(DatasetPicture picture)
    {
        var folder = string.Join('/', new[] { picture.Split, picture.Category?.Name ?? "" }.Where(part => part.Length > 0));
        var name = UniqueName(folder, picture);
        return folder.Length > 0 ? folder + "/" + name : name;
    }

    public override void Add(DatasetPicture picture, PictureSize size, IReadOnlyList<DatasetObject> objects) => Lose("objects", objects.Count);

    public override void Complete()
    {
    }
}
