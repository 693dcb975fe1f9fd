namespace Veil.Datasets.Tests;

/// <summary>Small datasets in the true form of each format; each has a train and a val picture of 64×48.</summary>
internal static class Samples
{
    public static Tree Cityscapes() => new Tree()
        .Picture("leftImg8bit/train/aachen/aachen_000000_000019_leftImg8bit.png")
        .Text("gtFine/train/aachen/aachen_000000_000019_gtFine_polygons.json", """
            {
                "imgHeight": 48,
                "imgWidth": 64,
                "objects": [
                    {
                        "label": "road",
                        "polygon": [ [0, 30], [63, 30], [63, 47], [0, 47] ]
                    },
                    {
                        "label": "person",
                        "polygon": [ [10, 5], [19, 5], [19, 34], [10, 34] ]
                    },
                    { "label": "rider", "polygon": [ [30, 10], [39, 10], [34, 30] ] },
                    { "label": "persongroup", "polygon": [ [42, 4], [60, 4], [60, 20], [42, 20] ] },
                    { "label": "license plate", "polygon": [ [50, 40], [57, 40], [57, 42], [50, 42] ] },
                    { "label": "ego vehicle", "polygon": [ [0, 44], [63, 44], [63, 47], [0, 47] ] }
                ]
            }
            """)
        .Picture("gtFine/train/aachen/aachen_000000_000019_gtFine_labelIds.png")
        .Picture("gtFine/train/aachen/aachen_000000_000019_gtFine_instanceIds.png")
        .Picture("gtFine/train/aachen/aachen_000000_000019_gtFine_color.png")
        .Picture("leftImg8bit/val/frankfurt/frankfurt_000000_000294_leftImg8bit.png")
        .Text("gtFine/val/frankfurt/frankfurt_000000_000294_gtFine_polygons.json", """{"imgHeight": 48, "imgWidth": 64, "objects": [{"label": "sky", "polygon": [[0, 0], [63, 0], [63, 9]]}]}""")
        .Picture("leftImg8bit/test/berlin/berlin_000000_000019_leftImg8bit.png")
        .Text("gtFine/test/berlin/berlin_000000_000019_gtFine_polygons.json", """{"imgHeight": 48, "imgWidth": 64, "objects": [{"label": "ego vehicle", "polygon": [[0, 44], [63, 44], [63, 47]]}]}""")
        .Picture("rightImg8bit/train/aachen/aachen_000000_000019_rightImg8bit.png")
        .Text("README.md", "terms")
        .Bytes("camera_trainvaltest.zip", [1, 2, 3]);

    /// <summary>The list of frames that Detection 2020 has, masks of instance segmentation, and labels of lanes.</summary>
    public static Tree Bdd() => new Tree()
        .Picture("images/100k/train/0000f77c-6257be58.png")
        .Picture("images/100k/val/b1c66a42-6f7d68ca.png")
        .Picture("images/100k/test/cabc30fc-e7726578.png")
        .Picture("images/10k/train/0004a4c0-d4dff0ad.png")
        .Text("labels/det_20/det_train.json", """
            [
                {
                    "name": "0000f77c-6257be58.png",
                    "attributes": { "weather": "clear", "timeofday": "daytime", "scene": "city street" },
                    "timestamp": 10000,
                    "labels": [
                        {
                            "id": "0",
                            "category": "traffic light",
                            "attributes": { "occluded": false, "truncated": false, "trafficLightColor": "G" },
                            "box2d": { "x1": 1.5, "y1": 2.5, "x2": 3.5, "y2": 6.5 }
                        },
                        { "id": "1", "category": "pedestrian", "attributes": { "crowd": true }, "box2d": { "x1": 10, "y1": 5, "x2": 19, "y2": 34 } },
                        { "id": "2", "category": "rider", "box2d": { "x1": 30, "y1": 10, "x2": 39, "y2": 30 } },
                        { "id": "3", "category": "other person", "box2d": { "x1": 50, "y1": 10, "x2": 59, "y2": 30 } }
                    ]
                }
            ]
            """)
        .Text("labels/det_20/det_val.json", """[{"name": "b1c66a42-6f7d68ca.png", "labels": null}]""")
        .Text("labels/ins_seg/polygons/ins_seg_train.json", """
            [{"name": "0004a4c0-d4dff0ad.png", "labels": [
                {"id": "1", "category": "pedestrian", "poly2d": [{"vertices": [[10, 10], [20, 10], [30, 10], [30, 20], [10, 20]], "types": "LCCCL", "closed": true}]},
                {"id": "2", "category": "person", "rle": {"counts": "61X13mN", "size": [8, 7]}}]}]
            """)
        .Picture("labels/ins_seg/bitmasks/train/0004a4c0-d4dff0ad.png")
        .Text("labels/lane/polygons/lane_val.json", """[{"name": "b1c66a42-6f7d68ca.png", "labels": [{"category": "road curb", "poly2d": [{"vertices": [[0, 0], [5, 5]], "types": "LL", "closed": false}]}]}]""");

    /// <summary>The first release: one file to a picture.</summary>
    public static Tree BddFirst() => new Tree()
        .Picture("images/100k/train/0000f77c-6257be58.jpg")
        .Text("labels/100k/train/0000f77c-6257be58.json", """
            {"name": "0000f77c-6257be58", "attributes": {"weather": "clear"}, "frames": [{"timestamp": 10000, "objects": [
                {"category": "person", "id": 0, "attributes": {"occluded": true}, "box2d": {"x1": 10, "y1": 5, "x2": 19, "y2": 34}},
                {"category": "area/drivable", "id": 1, "attributes": {}, "poly2d": [[0, 40, "L"], [63, 40, "L"], [63, 47, "L"]]},
                {"category": "lane/road curb", "id": 2, "attributes": {}, "poly2d": [[0, 40, "L"], [63, 40, "L"]]}]}]}
            """);

    public static Tree Coco() => new Tree()
        .Picture("train2017/000000000001.png")
        .Picture("train2017/000000000002.png")
        .Picture("val2017/000000000003.png")
        .Text("annotations/instances_train2017.json", """
            {"info": {"year": 2017}, "licenses": [], "images": [
              {"id": 2, "file_name": "000000000002.png", "width": 64, "height": 48},
              {"id": 1, "file_name": "000000000001.png", "width": 64, "height": 48}],
             "annotations": [
              {"id": 10, "image_id": 1, "category_id": 1, "iscrowd": 0, "area": 300, "bbox": [10, 5, 10, 30], "segmentation": [[10, 5, 20, 5, 20, 35, 10, 35]]},
              {"id": 11, "image_id": 1, "category_id": 1, "iscrowd": 1, "area": 9, "bbox": [40, 0, 1, 9], "segmentation": {"size": [48, 64], "counts": [1920, 9, 1143]}},
              {"id": 12, "image_id": 1, "category_id": 3, "iscrowd": 0, "area": 50, "bbox": [0.5, 40.25, 10, 5], "segmentation": []}],
             "categories": [{"id": 1, "name": "person", "supercategory": "person"}, {"id": 3, "name": "car", "supercategory": "vehicle"}]}
            """)
        .Text("annotations/person_keypoints_train2017.json", """
            {"images": [{"id": 1, "file_name": "000000000001.png", "width": 64, "height": 48}, {"id": 2, "file_name": "000000000002.png", "width": 64, "height": 48}],
             "annotations": [{"id": 10, "image_id": 1, "category_id": 1, "iscrowd": 0, "bbox": [10, 5, 10, 30], "num_keypoints": 3,
               "segmentation": [[10, 5, 20, 5, 20, 35, 10, 35]],
               "keypoints": [15,9,2, 16,8,2, 14,8,1, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0]}],
             "categories": [{"id": 1, "name": "person", "supercategory": "person", "keypoints": ["nose","left_eye","right_eye","left_ear","right_ear","left_shoulder","right_shoulder","left_elbow","right_elbow","left_wrist","right_wrist","left_hip","right_hip","left_knee","right_knee","left_ankle","right_ankle"], "skeleton": [[1, 2]]}]}
            """)
        .Text("annotations/captions_train2017.json", """{"images": [{"id": 1, "file_name": "000000000001.png", "width": 64, "height": 48}], "annotations": [{"id": 5, "image_id": 1, "caption": "somebody"}]}""")
        .Text("annotations/image_info_val2017.json", """{"images": [{"id": 3, "file_name": "000000000003.png", "width": 64, "height": 48}], "categories": [{"id": 1, "name": "person", "supercategory": "person"}]}""");

    public static Tree Voc() => new Tree()
        .Picture("VOCdevkit/VOC2007/JPEGImages/000001.png")
        .Picture("VOCdevkit/VOC2007/JPEGImages/000002.png")
        .Text("VOCdevkit/VOC2007/Annotations/000001.xml", """
            <annotation>
              <folder>VOC2007</folder>
              <filename>000001.png</filename>
              <size><width>64</width><height>48</height><depth>3</depth></size>
              <segmented>0</segmented>
              <object>
                <name>person</name><pose>Left</pose><truncated>1</truncated><difficult>0</difficult>
                <bndbox><xmin>11</xmin><ymin>6</ymin><xmax>20</xmax><ymax>35</ymax></bndbox>
                <part><name>head</name><bndbox><xmin>12</xmin><ymin>6</ymin><xmax>18</xmax><ymax>12</ymax></bndbox></part>
              </object>
              <object><name>car</name><difficult>1</difficult><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>64</xmax><ymax>48</ymax></bndbox></object>
            </annotation>
            """)
        .Text("VOCdevkit/VOC2007/Annotations/000002.xml", "<annotation><size><width>64</width><height>48</height></size></annotation>")
        .Text("VOCdevkit/VOC2007/ImageSets/Main/train.txt", "000001\r\n")
        .Text("VOCdevkit/VOC2007/ImageSets/Main/val.txt", "000002\n")
        .Text("VOCdevkit/VOC2007/ImageSets/Main/trainval.txt", "000001\n000002\n")
        .Text("VOCdevkit/VOC2007/ImageSets/Main/person_train.txt", "000001  1\n")
        .Picture("VOCdevkit/VOC2007/SegmentationClass/000001.png");

    public static Tree Yolo() => new Tree()
        .Picture("images/train/a.png")
        .Picture("images/train/empty.png")
        .Picture("images/val/b.png")
        .Picture("images/val/unlabelled.png")
        .Text("labels/train/a.txt", "0 0.25 0.5 0.125 0.5\n1 0.5 0.25 0.75 0.25 0.75 0.5 0.5 0.5\n")
        .Text("labels/train/empty.txt", "")
        .Text("labels/val/b.txt", "\uFEFF0 0.5 0.5 1 1\r\n\r\n")
        .Text("data.yaml", "# a comment\npath: ../datasets/small\ntrain: images/train\nval: images/val\ntest:\nnames:\n  0: person\n  1: 'traffic light'\n");
}
