#!/usr/bin/env python3
"""Generate the demo shop "Harbour Lane": products, customers, orders, interactions.

    python3 generate.py            write the four files beside this script
    python3 generate.py --check    regenerate in memory, compare with the files on disk,
                                   and verify references, statuses, dates and money

Python 3.8 or newer, standard library only. The output depends on SEED and on the tables
in this file and on nothing else, byte for byte. Every record draws from its own random
stream, named after the record, so adding a product or a customer leaves the ids, prices
and stock of the others alone.

Everything here is invented for this project: the people, brands and carriers do not exist,
and the addresses are drawn by chance. See README.md for the fields and the licence (CC BY 4.0).
"""

import itertools
import json
import random
import re
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

SEED = 20261115
HERE = Path(__file__).resolve().parent

# ---------------------------------------------------------------------------------------
# The catalogue: one product a line,
#   name | Chinese name | brand | lowest-highest price | options | tags | English | Chinese
# Options are "name: value, value; name: value". A "+" after the name says that the price
# rises with the position of the value. @words stand for the lists in OPTION_LISTS.
# Popular products come first in their category.
# ---------------------------------------------------------------------------------------

OPTION_LISTS = {
    "@sizes": "XS, S, M, L, XL",
    "@mens": "S, M, L, XL, XXL",
    "@shoes-w": "US 6, US 7, US 8, US 9",
    "@shoes-m": "US 8, US 9, US 10, US 11, US 12",
    "@plugs": "US plug, UK plug, CN plug",
    "@beds": "twin, queen, king",
}

CATALOGUE = {
    ("womens-clothing", "女装"): """
Linen Wrap Dress | 亚麻裹身连衣裙 | Wrenfold | 68-79 | color: sage green, terracotta, navy; size: @sizes | dress, linen, summer | An airy knee-length dress in washed linen that ties at the waist and needs no ironing. | 水洗亚麻及膝裙，腰间系带，透气清爽，免熨烫。
Cropped Wool Cardigan | 短款羊毛开衫 | Calder Row | 58-66 | color: cream, burgundy, charcoal; size: @sizes | cardigan, wool, knitwear | A soft lambswool cardigan with horn-effect buttons, cut short to sit well over dresses. | 柔软羊羔毛短开衫，仿牛角纽扣，搭配连衣裙正合适。
High-Waist Wide-Leg Trousers | 高腰阔腿裤 | Wrenfold | 54-62 | color: black, beige, olive; size: @sizes | trousers, pants, office, workwear | Flowing trousers with a flat front and deep pockets that go from the office to dinner. | 平整前片、深口袋的垂坠阔腿裤，上班聚餐都能穿。
Silk Touch Blouse | 缎面衬衫 | Calder Row | 45-52 | color: white, pink, teal; size: @sizes; sleeve: short sleeve, long sleeve | blouse, satin, office | A satin blouse with a hidden button placket and a gentle sheen. | 暗门襟缎面衬衫，光泽柔和，质感细腻。
Organic Cotton Camisole | 有机棉吊带背心 | Harbour Lane Basics | 14-18 | color: black, white, beige; size: @sizes | camisole, organic cotton, basics | A fine-ribbed camisole in organic cotton with adjustable straps. | 细罗纹有机棉吊带背心，肩带可调。
Quilted Long Coat | 绗缝长款棉服 | Wrenfold | 138-159 | color: black, olive, cream; size: @sizes | coat, winter, warm | A light but warm quilted coat with a detachable hood and a two-way zip. | 轻盈保暖的绗缝长外套，帽子可拆，双向拉链。
Pleated Midi Skirt | 百褶中长裙 | Calder Row | 42-49 | color: navy, gray, pink; size: @sizes | skirt, pleated | A midi skirt with permanent pleats and a comfortable elastic waistband. | 定型百褶中长裙，松紧腰头，穿着舒适。
Merino Roll-Neck Jumper | 美利奴高领毛衣 | Calder Row | 72-84 | color: black, cream, teal, burgundy; size: @sizes | jumper, sweater, merino, knitwear | A fine merino jumper that layers under a blazer without bulk. | 细针美利奴高领毛衣，内搭西装也不臃肿。
Stretch Denim Jeans | 弹力牛仔裤 | Harbour Lane Basics | 48-56 | wash: light wash, dark wash, black wash; size: @sizes; fit: slim fit, straight fit | jeans, denim | Mid-rise jeans with just enough stretch to keep their shape all day. | 中腰微弹牛仔裤，久穿不变形。
Cotton Pyjama Set | 纯棉睡衣套装 | Tidewell | 39-46 | color: blue stripe, pink floral, white; size: S, M, L, XL | pyjamas, pajamas, cotton, sleepwear | A button-front pyjama set in brushed cotton with piped edges. | 磨毛纯棉开襟睡衣套装，滚边细节精致。
Belted Trench Coat | 系带风衣 | Wrenfold | 118-132 | color: beige, navy; size: @sizes | coat, rain, spring | A water-repellent trench coat with storm flaps and a removable belt. | 防泼水经典风衣，带挡风片，腰带可拆。
Seamless Sports Bra | 无缝运动内衣 | Kitefell | 26-32 | color: black, teal, pink; size: S, M, L, XL; support: light support, medium support | sports bra, gym, yoga | A seamless bra that dries fast and stays put from stretching to running. | 速干无缝运动内衣，拉伸跑步都稳固贴合。
Cashmere Blend Scarf | 羊绒混纺围巾 | Calder Row | 44-55 | color: gray, burgundy, cream, black | scarf, cashmere, gift | A wide, feather-soft scarf woven from a cashmere and wool blend. | 羊绒与羊毛混纺的宽幅围巾，轻柔如羽。
Wide-Brim Sun Hat | 宽檐遮阳帽 | Dockside Goods | 24-29 | color: natural, black, white; size: S/M, L/XL | hat, summer, beach | A foldable straw hat that shades face and neck and packs flat in a suitcase. | 可折叠草编遮阳帽，遮脸护颈，收纳不占地方。
""",
    ("mens-clothing", "男装"): """
Oxford Button-Down Shirt | 牛津纺衬衫 | Stoneferry | 46-54 | color: white, blue, pink; size: @mens; fit: slim fit, regular fit | shirt, cotton, office | A sturdy Oxford cotton shirt that softens with every wash. | 厚实牛津纺纯棉衬衫，越洗越柔软。
Heavyweight Crew Tee | 重磅圆领短袖 | Harbour Lane Basics | 19-24 | color: black, white, olive, navy; size: @mens | tee, cotton, basics | A boxy tee in heavy combed cotton with a collar that keeps its shape. | 重磅精梳棉短袖，版型宽松，领口不易变形。
Slim Chino Trousers | 修身休闲裤 | Stoneferry | 52-59 | color: beige, navy, olive, charcoal; size: @mens | chinos, trousers, pants | Garment-dyed chinos with a touch of stretch and a tapered leg. | 成衣染色微弹休闲裤，小腿收窄，利落有型。
Waxed Field Jacket | 油蜡工装夹克 | Stoneferry | 128-146 | color: olive, navy, brown; size: @mens | jacket, waxed cotton, outdoor | A four-pocket jacket in waxed cotton that shrugs off wind and drizzle. | 四袋油蜡棉夹克，挡风防小雨。
Fleece Half-Zip Pullover | 半拉链抓绒衫 | Trailmoth | 48-57 | color: gray, navy, terracotta; size: @mens | fleece, outdoor, warm | A mid-weight fleece with a stand-up collar for cold morning walks. | 中等厚度立领抓绒衫，清晨出门也暖和。
Cable-Knit Jumper | 麻花针织毛衣 | Calder Row | 74-86 | color: cream, navy, charcoal; size: @mens | jumper, sweater, wool, knitwear | A chunky wool jumper knitted in the fisherman's cable pattern. | 粗针羊毛毛衣，经典渔夫麻花花纹。
Unstructured Blazer | 休闲西装外套 | Stoneferry | 118-134 | color: navy, gray; size: @mens; length: short length, regular length | blazer, office | A half-lined blazer that feels like a cardigan and looks like a suit jacket. | 半里休闲西装，穿着像开衫，看着像正装。
Selvedge Denim Jeans | 赤耳牛仔裤 | Stoneferry | 84-96 | wash: raw indigo, dark wash; size: @mens; fit: slim fit, straight fit | jeans, denim | Rigid selvedge denim that fades to a pattern of your own. | 硬挺赤耳丹宁，越穿越有自己的落色。
Bamboo Boxer Briefs | 竹纤维平角内裤 | Harbour Lane Basics | 22-38 | pack+: pack of 3, pack of 5; color: black, gray, navy; size: S, M, L, XL | underwear, bamboo, basics | Breathable boxer briefs with a waistband that does not roll. | 透气竹纤维平角裤，腰头不卷边。
Quick-Dry Swim Shorts | 速干沙滩裤 | Kitefell | 32-38 | color: teal, navy, terracotta; size: @mens | swimwear, summer, beach | Swim shorts with a mesh lining and a zipped pocket for the room key. | 带网眼内衬的速干泳裤，拉链口袋可放房卡。
Packable Rain Jacket | 可收纳雨衣夹克 | Trailmoth | 64-76 | color: black, yellow, teal; size: @mens | jacket, rain, travel | A seam-sealed rain jacket that folds into its own pocket. | 压胶防水夹克，可整件收进自带口袋。
Merino Hiking Socks | 美利奴徒步袜 | Trailmoth | 16-42 | pack+: pack of 1, pack of 3; color: gray, olive; size: S/M, L/XL | socks, merino, hiking | Cushioned merino socks that stay dry and fresh on long trails. | 加垫美利奴徒步袜，长途行走依然干爽无异味。
Leather Belt | 真皮皮带 | Farrowgate | 34-42 | color: black, brown; length: 90 cm, 100 cm, 110 cm | belt, leather, gift | A full-grain leather belt with a brushed brass buckle. | 头层牛皮皮带，拉丝黄铜扣头。
Flannel Lounge Pants | 法兰绒家居裤 | Tidewell | 32-38 | color: red check, green check, gray; size: @mens | lounge, sleepwear, flannel | Brushed flannel trousers with a drawstring for slow weekend mornings. | 磨毛法兰绒系带家居裤，周末赖床必备。
""",
    ("shoes", "鞋靴"): """
Everyday Canvas Sneakers | 日常帆布鞋 | Pebblewalk | 44-52 | color: white, black, navy, red; size: @shoes-w | sneakers, canvas, casual | Low canvas sneakers with a cushioned insole and a flexible rubber sole. | 低帮帆布鞋，软垫鞋垫配柔韧橡胶底。
Cloudstride Running Shoes | 云步跑鞋 | Kitefell | 98-118 | color: black, teal, gray; size: @shoes-m; width: regular width, wide width | running, sport | Light daily trainers with a springy foam sole and a breathable knit upper. | 轻量日常跑鞋，回弹中底，透气针织鞋面。
Trail Hiking Boots | 越野徒步靴 | Trailmoth | 128-148 | color: brown, olive; size: @shoes-m; height: mid height, high height | hiking, boots, waterproof | Waterproof boots with a grippy lugged sole and padded ankles. | 防水徒步靴，深齿抓地大底，脚踝加垫保护。
Leather Chelsea Boots | 真皮切尔西靴 | Quillstep | 118-136 | color: black, brown, burgundy; size: @shoes-m | boots, leather | Pull-on leather boots with elastic sides and a stitched sole. | 牛皮套脚短靴，两侧松紧，缝线大底。
Suede Penny Loafers | 麂皮乐福鞋 | Quillstep | 86-98 | color: navy, brown, beige; size: @shoes-m | loafers, suede, office | Unlined suede loafers that bend with the foot from the first day. | 无衬里麂皮乐福鞋，第一天穿就跟脚。
Ballet Flats | 芭蕾平底鞋 | Pebblewalk | 52-60 | color: black, pink, beige; size: @shoes-w | flats, office | Foldable leather flats with a padded heel. | 可折叠真皮平底鞋，后跟软垫不磨脚。
Cork Footbed Sandals | 软木鞋床凉鞋 | Pebblewalk | 58-66 | color: brown, black, white; size: @shoes-w | sandals, summer | Two-strap sandals whose cork footbed moulds to your step. | 双带凉鞋，软木鞋床会慢慢贴合脚型。
Shearling House Slippers | 羊毛居家拖鞋 | Tidewell | 36-44 | color: gray, brown, pink; size: S, M, L | slippers, warm, home | Warm slippers lined with wool and soled with soft rubber. | 羊毛内里保暖拖鞋，软橡胶底防滑。
Block-Heel Ankle Boots | 粗跟短靴 | Quillstep | 94-108 | color: black, brown; size: @shoes-w; heel: 4 cm, 7 cm | boots, heels | Leather ankle boots with a steady block heel and an inside zip. | 牛皮粗跟短靴，走路稳当，内侧拉链易穿脱。
Indoor Court Shoes | 室内球场运动鞋 | Kitefell | 72-84 | color: white, blue; size: @shoes-m | badminton, tennis, sport | Non-marking court shoes with side support for quick changes of direction. | 不留痕球场鞋，侧向支撑强，变向更稳。
Kids' Light-Up Sneakers | 儿童发光运动鞋 | Pebblewalk | 34-39 | color: blue, pink, green; size: US 10K, US 11K, US 12K, US 13K | kids, sneakers | Easy-fasten sneakers whose soles sparkle with every step. | 魔术贴儿童鞋，每走一步鞋底都会闪光。
Rubber Rain Boots | 橡胶雨靴 | Gardenwren | 38-46 | color: green, navy, yellow; size: @shoes-w | rain, boots, garden | Tall natural-rubber boots that rinse clean after gardening. | 天然橡胶高筒雨靴，园艺之后一冲就净。
Memory Foam Slip-Ons | 记忆棉一脚蹬 | Pebblewalk | 46-54 | color: black, gray, navy; size: @shoes-m | casual, walking | Knit slip-ons with a memory foam bed for a day on your feet. | 针织一脚蹬，记忆棉鞋垫，站一整天也舒服。
Shoe Care Kit | 鞋具护理套装 | Quillstep | 22-36 | polish: clear polish, black polish, brown polish; set+: set of 4, set of 7 | leather care, gift | Brushes, cloth and wax polish in a tin for leather shoes and bags. | 铁盒装鞋刷、擦布与鞋蜡，皮鞋皮包都能养护。
""",
    ("bags-luggage", "箱包"): """
Commuter Backpack | 通勤双肩包 | Dockside Goods | 68-88 | color: black, gray, olive; capacity+: 18 L, 24 L | backpack, laptop, commute | A tidy backpack with a padded laptop sleeve and a luggage strap. | 规整的通勤双肩包，带电脑隔层和拉杆箱固定带。
Hard-Shell Carry-On Suitcase | 硬壳登机箱 | Farrowgate | 118-142 | color: silver, navy, black, sage green; lock+: combination lock, fingerprint lock | suitcase, travel, cabin | A cabin suitcase with four silent double wheels and a compression divider. | 登机箱配静音双排万向轮，内设压缩隔层。
Large Check-In Suitcase | 大号托运行李箱 | Farrowgate | 168-214 | color: silver, navy, black; size+: 26 inch, 28 inch, 30 inch | suitcase, travel | A tough polycarbonate case that expands when the trip home needs more room. | 坚韧聚碳酸酯行李箱，回程东西多时可扩容。
Leather Tote Bag | 真皮托特包 | Farrowgate | 132-152 | color: brown, black, burgundy; closure: zip top, open top | tote, leather, office | A vegetable-tanned tote that carries a laptop, lunch and a book. | 植鞣皮托特包，放得下电脑、午餐和一本书。
Canvas Weekender Bag | 帆布旅行袋 | Dockside Goods | 74-86 | color: navy, olive, natural; capacity+: 35 L, 45 L | weekender, travel, canvas | A roomy canvas holdall with a separate shoe pocket. | 大容量帆布旅行袋，带独立鞋仓。
Crossbody Phone Bag | 斜挎手机包 | Farrowgate | 38-46 | color: black, pink, cream, teal | crossbody, phone | A slim bag for phone, cards and keys on an adjustable strap. | 小巧斜挎包，装手机、卡片和钥匙，肩带可调。
Packing Cube Set | 旅行收纳袋套装 | Dockside Goods | 24-42 | color: gray, teal, terracotta; set+: set of 4, set of 6, set of 8 | travel, organiser | Mesh-topped cubes that sort and compress what goes into a suitcase. | 网面收纳袋，分类压缩，行李箱井井有条。
Insulated Lunch Bag | 保温午餐袋 | Dockside Goods | 19-26 | color: black, navy, pink; size+: small, large | lunch, insulated | A wipe-clean lunch bag that keeps food cool for eight hours. | 易擦洗保温午餐袋，保冷可达八小时。
RFID Travel Wallet | 防盗刷旅行钱包 | Farrowgate | 29-36 | color: black, brown, navy; material+: nylon, leather | wallet, passport, travel | A zipped wallet for passport, tickets and cards with RFID shielding. | 拉链护照夹，票证卡片一次收好，带防盗刷层。
Roll-Top Dry Bag | 卷口防水袋 | Trailmoth | 18-34 | color: yellow, black; capacity+: 5 L, 10 L, 20 L | waterproof, kayaking, camping | A welded dry bag that keeps clothes dry in a kayak or a downpour. | 热压无缝防水袋，划艇暴雨都能保持干爽。
Hanging Toiletry Bag | 悬挂式洗漱包 | Dockside Goods | 22-28 | color: gray, navy, sage green; size+: medium, large | toiletries, travel | A fold-out wash bag with a hook and leak-proof pockets. | 可展开悬挂洗漱包，带挂钩和防漏夹层。
School Backpack | 学生书包 | Tinker Otter | 36-44 | color: blue, pink, green; size+: small, medium | kids, school, backpack | A light school bag with reflective strips and a bottle pocket on each side. | 轻便书包，带反光条，两侧都有水壶袋。
Neck Pillow | 旅行颈枕 | Tidewell | 22-29 | color: gray, navy, teal; filling+: microbead, memory foam | travel, sleep | A travel pillow that supports the chin and packs to half its size. | 可托住下巴的旅行颈枕，收纳后体积减半。
Foldable Shopping Bag | 折叠购物袋 | Harbour Lane Basics | 8-19 | color: green, black, terracotta; pack+: pack of 1, pack of 3 | shopping, reusable | A ripstop shopper that holds 15 kilograms and folds to pocket size. | 防撕裂购物袋，承重十五公斤，折起来可放口袋。
""",
    ("kitchen", "厨房用品"): """
Cast Iron Skillet | 铸铁煎锅 | Emberpot | 34-58 | size+: 20 cm, 26 cm, 30 cm; finish: pre-seasoned, enamelled | pan, cast iron, cooking | A heavy skillet that sears on the hob and finishes in the oven. | 厚重铸铁煎锅，灶上煎封、烤箱收尾皆可。
Chef's Knife | 主厨刀 | Copperleaf | 48-92 | blade+: 16 cm, 20 cm, 24 cm; handle: pakkawood, black resin | knife, cooking | A balanced high-carbon knife for everything from herbs to squash. | 高碳钢主厨刀，重心平衡，切香草切南瓜都顺手。
Enamelled Dutch Oven | 珐琅炖锅 | Emberpot | 98-158 | color: terracotta, teal, cream; capacity+: 4 L, 5.5 L, 7 L | pot, stew, bread | A deep enamelled pot for slow stews, soups and crusty bread. | 深型珐琅锅，慢炖煲汤烤面包样样行。
Bamboo Cutting Board Set | 竹制砧板套装 | Saltgrain | 26-42 | set+: set of 2, set of 3; groove: with juice groove, without juice groove | cutting board, bamboo | Smooth bamboo boards that are kind to knives and easy to rinse. | 光滑竹砧板，不伤刀刃，冲洗方便。
Pour-Over Coffee Set | 手冲咖啡套装 | Saltgrain | 38-52 | dripper: ceramic, glass; capacity+: 400 ml, 600 ml | coffee, brewing, gift | A dripper, a carafe and forty filters for a clean cup of coffee. | 滤杯、分享壶加四十张滤纸，冲一杯干净的咖啡。
Gongfu Tea Set | 功夫茶具套装 | Saltgrain | 56-78 | glaze: celadon, white, black; set+: set of 6, set of 10 | tea, porcelain, gift | A porcelain gaiwan, pitcher and cups with a bamboo tray. | 瓷盖碗、公道杯与品茗杯，附竹茶盘。
Stainless Steel Wok | 不锈钢炒锅 | Emberpot | 62-86 | size+: 30 cm, 32 cm, 34 cm; lid: with lid, without lid | wok, cooking, stir-fry | A three-layer wok that heats quickly and works on induction. | 三层钢炒锅，升温快，电磁炉适用。
Glass Food Storage Set | 玻璃保鲜盒套装 | Copperleaf | 28-54 | set+: set of 4, set of 6, set of 10; lid color: gray, green | storage, glass, meal prep | Oven-safe glass boxes with snap lids that do not leak. | 可进烤箱的玻璃保鲜盒，卡扣密封不漏汤。
Insulated Travel Mug | 保温随行杯 | Copperleaf | 24-34 | color: black, white, sage green, pink; capacity+: 350 ml, 500 ml | mug, coffee, travel | A leak-proof steel mug that keeps coffee hot for six hours. | 防漏不锈钢随行杯，咖啡保温六小时。
Silicone Baking Mat Set | 硅胶烘焙垫套装 | Copperleaf | 16-24 | set+: set of 2, set of 3; color: red, gray | baking, silicone | Non-stick mats that replace baking paper for years. | 不粘烘焙垫，多年替代烘焙纸。
Digital Kitchen Scale | 电子厨房秤 | Saltgrain | 22-34 | color: white, black; max load+: 5 kg, 10 kg | scale, baking, coffee | A slim scale that weighs to the gram and charges by USB-C. | 纤薄厨房秤，精确到克，USB-C充电。
Nesting Mixing Bowls | 叠放料理碗 | Copperleaf | 32-46 | material+: stainless steel, glass; set: set of 3, set of 5 | bowls, baking | Bowls with pouring lips and measuring marks that stack into one. | 带倒液口和刻度的料理碗，可层叠收纳。
Bamboo Steamer | 竹蒸笼 | Saltgrain | 24-38 | size+: 20 cm, 25 cm, 30 cm; tiers: two tiers, three tiers | steamer, dumplings | A hand-woven steamer for dumplings, buns and vegetables. | 手工编织竹蒸笼，蒸饺子包子蔬菜都好用。
Loose Leaf Jasmine Tea | 茉莉花茶 | Harbour Lane Basics | 12-29 | weight+: 100 g, 250 g; packaging: pouch, tin | tea, jasmine, gift | Spring green tea scented three times with fresh jasmine blossoms. | 春茶窨制三遍，茉莉花香清新。
""",
    ("appliances", "小家电"): """
Burr Coffee Grinder | 磨盘咖啡研磨机 | Steamlark | 88-112 | color: black, silver, white; plug: @plugs | coffee, grinder | A conical burr grinder with thirty settings from espresso to French press. | 锥形磨盘研磨机，三十档粗细，意式到法压都能磨。
Gooseneck Electric Kettle | 细嘴电水壶 | Steamlark | 64-82 | color: black, white, silver; plug: @plugs | kettle, coffee, tea | A kettle with a precise spout that holds the water at your chosen degree. | 细嘴控流电水壶，可设定温度并保温。
Multi-Cooker | 多功能电压力锅 | Voltmoor | 96-138 | capacity+: 3 L, 5 L, 6 L; plug: @plugs | cooker, rice, stew | A pressure cooker that also steams, sautes and keeps rice warm. | 集压力煮、蒸、炒和保温于一体的电压力锅。
Smart Rice Cooker | 智能电饭煲 | Voltmoor | 74-108 | capacity+: 2 L, 3 L, 4 L; color: white, black; plug: US plug, CN plug | rice, cooker | A rice cooker with a thick inner pot and a 24-hour timer. | 厚釜内胆电饭煲，支持二十四小时预约。
Cordless Stick Vacuum | 无线手持吸尘器 | Voltmoor | 168-248 | color: gray, teal; battery+: standard battery, long-life battery; plug: @plugs | vacuum, cleaning | A light cordless vacuum that turns into a hand vacuum for the car. | 轻便无线吸尘器，秒变车用手持款。
Air Fryer | 空气炸锅 | Voltmoor | 84-124 | capacity+: 3.5 L, 5.5 L; color: black, white; plug: @plugs | fryer, cooking | A fryer with a viewing window that crisps with a spoon of oil. | 带可视窗空气炸锅，一勺油就能炸得酥脆。
Two-Slice Toaster | 双片烤面包机 | Steamlark | 42-54 | color: cream, teal, black; plug: US plug, UK plug | toaster, breakfast | A toaster with wide slots, a defrost setting and a warming rack. | 宽槽烤面包机，可解冻，附加热架。
Ultrasonic Humidifier | 超声波加湿器 | Puffin & Sons | 38-56 | capacity+: 2 L, 4 L; color: white, sage green | humidifier, bedroom | A whisper-quiet humidifier that fills from the top and runs all night. | 静音加湿器，上加水设计，整夜运行。
HEPA Air Purifier | HEPA空气净化器 | Puffin & Sons | 128-196 | room size+: 25 sq m, 45 sq m; color: white, gray; plug: @plugs | purifier, air, allergy | A purifier with a washable pre-filter and a display of the air quality. | 可水洗初效滤网净化器，实时显示空气质量。
Hand Blender | 手持料理棒 | Voltmoor | 44-68 | attachments+: blender only, whisk and chopper; color: white, black | blender, soup | A two-speed hand blender with a splash guard for soups and smoothies. | 两档手持料理棒，防溅罩设计，做汤做奶昔都行。
Pump Espresso Machine | 泵压意式咖啡机 | Steamlark | 248-328 | color: silver, black, cream; plug: @plugs | coffee, espresso | A compact machine with a steam wand for milk foam. | 机身紧凑，带蒸汽棒可打奶泡。
Garment Steamer | 手持挂烫机 | Puffin & Sons | 36-48 | color: white, pink; plug: @plugs | steamer, clothes, travel | A hand steamer that smooths a shirt in two minutes and fits a suitcase. | 两分钟熨平衬衫的手持挂烫机，行李箱也放得下。
Bladeless Desk Fan | 无叶桌面风扇 | Puffin & Sons | 58-72 | color: white, black, blue; power source: mains, USB-C | fan, summer, desk | A quiet desk fan without blades that is easy to wipe clean. | 静音无叶风扇，一擦就干净。
Robot Vacuum | 扫地机器人 | Voltmoor | 228-368 | function+: vacuum only, vacuum and mop; color: white, black; plug: US plug, CN plug | vacuum, robot, cleaning | A robot that maps the rooms, climbs rugs and empties itself at its base. | 自动建图越障的扫地机器人，回基站自动集尘。
""",
    ("bedding-bath", "床品卫浴"): """
Washed Cotton Duvet Set | 水洗棉被套四件套 | Softmere | 78-118 | color: white, gray, sage green, terracotta; size+: @beds | duvet cover, bedding, cotton | A pre-washed cotton duvet cover with matching pillowcases and fitted sheet. | 预水洗纯棉被套，配同色枕套和床笠。
Goose Down Pillow | 鹅绒枕 | Softmere | 58-84 | firmness: soft, medium firm; size+: standard, large | pillow, down, sleep | A down pillow in a tight-woven cotton case that keeps feathers in. | 高密棉布包裹的鹅绒枕，不钻绒。
Memory Foam Pillow | 记忆棉枕 | Tidewell | 36-48 | height+: 9 cm, 11 cm, 13 cm; cover: cotton, bamboo | pillow, memory foam, sleep | A contoured pillow that cradles the neck of side sleepers. | 波浪形记忆棉枕，侧睡时稳稳托住颈部。
All-Season Duvet | 四季被 | Softmere | 88-146 | filling: down, microfiber; size+: @beds | duvet, bedding | Two duvets that button together for winter and apart for summer. | 两层可扣合的被子，冬合夏分。
Turkish Cotton Towel Set | 长绒棉毛巾套装 | Tidewell | 38-66 | color: white, navy, sage green, pink; set+: set of 3, set of 6 | towels, cotton, bathroom | Thick towels in long-staple cotton that drink up water. | 长绒棉厚毛巾，吸水迅速。
Waffle Bathrobe | 华夫格浴袍 | Tidewell | 52-62 | color: white, gray, navy; size: S, M, L, XL | bathrobe, cotton, spa | A light waffle-weave robe with deep pockets and a loop to hang it by. | 轻薄华夫格浴袍，深口袋，带挂环。
Mulberry Silk Pillowcase | 桑蚕丝枕套 | Softmere | 34-46 | color: cream, pink, silver, navy; size+: standard, large | silk, pillowcase, gift | A silk pillowcase that is gentle on hair and skin. | 桑蚕丝枕套，呵护头发和肌肤。
Weighted Blanket | 重力毯 | Tidewell | 68-98 | weight+: 5 kg, 7 kg, 9 kg; color: gray, navy | blanket, sleep | A calming blanket filled with fine glass beads in small pockets. | 细玻璃珠填充的重力毯，分格均匀，安抚入眠。
Quick-Dry Bath Mat | 速干浴室地垫 | Tidewell | 22-32 | color: gray, beige, teal; size+: 40 x 60 cm, 50 x 80 cm | bath mat, bathroom | A soft diatomite mat that dries within a minute and does not slip. | 软硅藻泥地垫，一分钟速干，防滑。
Fitted Bed Sheet | 纯棉床笠 | Softmere | 32-48 | color: white, gray, blue; size+: @beds | sheet, bedding, cotton | A sateen sheet with deep corners that grip thick mattresses. | 贡缎床笠，加深四角，厚床垫也包得牢。
Wool Throw Blanket | 羊毛盖毯 | Calder Row | 62-74 | color: gray, terracotta, green check; size: 130 x 170 cm, 150 x 200 cm | throw, wool, sofa | A fringed wool throw for the sofa or the end of the bed. | 流苏羊毛盖毯，铺沙发搭床尾都好看。
Rain Shower Head | 大花洒喷头 | Copperleaf | 36-54 | finish: chrome, matte black; size+: 20 cm, 25 cm | shower, bathroom | A wide shower head that fits any hose and wipes clean of limescale. | 大面积花洒，通用接口，轻搓除水垢。
Bathroom Storage Caddy | 浴室置物架 | Harbour Lane Basics | 26-36 | finish: chrome, matte black, white; tiers+: two tiers, three tiers | storage, bathroom, shower | A rust-proof shower shelf that hangs without drilling. | 防锈浴室置物架，免打孔悬挂。
Linen Shower Curtain | 亚麻纹浴帘 | Tidewell | 28-36 | color: white, gray, sage green; size+: 180 x 180 cm, 180 x 200 cm | curtain, bathroom | A heavy linen-look curtain with rustless rings and a weighted hem. | 厚实亚麻纹浴帘，不锈挂环，底边加重。
""",
    ("furniture-lighting", "家具灯饰"): """
Ergonomic Mesh Desk Chair | 人体工学网椅 | Marrow & Pine | 178-248 | color: black, gray, blue; armrest+: fixed armrest, adjustable armrest | chair, office, desk | A mesh chair with a lumbar cushion that follows your back. | 网布人体工学椅，腰靠随背而动。
Standing Desk | 升降书桌 | Marrow & Pine | 298-428 | top: oak, walnut, white; width+: 120 cm, 140 cm, 160 cm | desk, office | An electric desk with four memory heights and a cable tray. | 电动升降桌，四组记忆高度，附理线槽。
Oak Bookcase | 橡木书架 | Marrow & Pine | 148-228 | finish: oak, walnut; shelves+: three shelves, four shelves, five shelves | bookcase, storage | A solid oak bookcase with adjustable shelves and an anti-tip strap. | 实木橡木书架，层板可调，带防倾倒带。
Dimmable LED Desk Lamp | 可调光LED台灯 | Lumenoak | 38-54 | color: black, white, brass; base: weighted base, clamp base | lamp, desk, led | A flicker-free lamp with a swivel arm and five light colors. | 无频闪旋臂台灯，五档色温。
Arc Floor Lamp | 弧形落地灯 | Lumenoak | 118-148 | color: black, brass; shade: white linen shade, black metal shade | lamp, living room | A tall floor lamp that reaches over the sofa from a marble foot. | 大理石底座弧形落地灯，灯臂伸到沙发上方。
Three-Seat Sofa | 三人沙发 | Marrow & Pine | 548-728 | color: gray, navy, terracotta; fabric+: woven fabric, velvet | sofa, living room | A deep three-seat sofa with washable covers and oak feet. | 宽深三人沙发，可拆洗布套，橡木脚。
Round Coffee Table | 圆形茶几 | Marrow & Pine | 98-148 | finish: oak, walnut, black; diameter+: 70 cm, 90 cm | table, living room | A low round table with a shelf for magazines underneath. | 圆形矮茶几，下层可放杂志。
Bedside Table | 床头柜 | Marrow & Pine | 68-92 | finish: oak, walnut, white; drawers+: one drawer, two drawers | bedroom, storage | A compact bedside table with soft-close drawers and a cable hole. | 小巧床头柜，缓冲抽屉，带走线孔。
Platform Bed Frame | 实木平板床架 | Marrow & Pine | 248-398 | finish: oak, walnut; size+: @beds | bed, bedroom | A slatted wooden bed frame that needs no box spring and does not squeak. | 排骨架实木床，无需床箱，不吱呀作响。
Rattan Pendant Light | 藤编吊灯 | Lumenoak | 58-78 | color: natural, black; diameter+: 35 cm, 45 cm | lamp, rattan, dining | A hand-woven pendant that throws a patterned glow over the table. | 手工藤编吊灯，在餐桌上投下斑驳光影。
Folding Step Stool | 折叠梯凳 | Harbour Lane Basics | 28-42 | color: white, black, oak; steps+: one step, two steps | stool, kitchen | A folding stool that holds 120 kilograms and stores behind a door. | 承重一百二十公斤的折叠梯凳，可收在门后。
Full-Length Mirror | 全身镜 | Lumenoak | 74-98 | frame: black, brass, oak; size+: 40 x 150 cm, 50 x 160 cm | mirror, bedroom | A shatter-safe mirror that leans, stands or hangs. | 防爆全身镜，可倚靠、站立或挂墙。
Motion Sensor Night Light | 感应小夜灯 | Lumenoak | 14-32 | pack+: pack of 1, pack of 3; light: warm white, cool white | night light, bedroom, led | A rechargeable light that switches on as you pass in the dark. | 充电感应夜灯，夜里走过自动亮起。
Entryway Shoe Rack | 玄关鞋架 | Harbour Lane Basics | 36-58 | finish: bamboo, black; tiers+: three tiers, four tiers | storage, shoes, hallway | A slatted rack with a padded bench seat for putting on shoes. | 带软垫换鞋凳的条格鞋架。
""",
    ("computers-office", "电脑办公"): """
Hot-Swap Mechanical Keyboard | 热插拔机械键盘 | Nimbuskey | 78-118 | switch: red switch, brown switch, blue switch; layout+: 75 percent, full size; color: black, white | keyboard, typing, gaming | A wireless keyboard whose switches pull out without soldering, with double-shot keycaps. | 无线机械键盘，换轴免焊接，双色注塑键帽。
Ergonomic Vertical Mouse | 人体工学竖式鼠标 | Nimbuskey | 34-46 | hand: right hand, left hand; color: black, white | mouse, ergonomic | A quiet vertical mouse that keeps the wrist in a handshake position. | 静音竖式鼠标，手腕保持握手姿势。
27-Inch 4K Monitor | 27英寸4K显示器 | Gridwick | 268-348 | stand+: tilt stand, height-adjustable stand; plug: @plugs | monitor, 4k, office | A sharp 4K screen that charges your laptop over one USB-C cable. | 清晰4K屏幕，一根USB-C线即可给笔记本供电。
Portable SSD | 移动固态硬盘 | Gridwick | 68-198 | storage+: 500 GB, 1 TB, 2 TB; color: black, blue | storage, backup, ssd | A pocket drive in a drop-proof shell that copies a film in seconds. | 防摔移动固态硬盘，几秒拷完一部电影。
USB-C Docking Station | USB-C扩展坞 | Gridwick | 58-118 | ports+: 7 ports, 11 ports; color: gray, black | dock, usb-c, laptop | A dock with HDMI, network, card reader and pass-through charging. | 带HDMI、网口、读卡器和充电直通的扩展坞。
Aluminium Laptop Stand | 铝合金笔记本支架 | Gridwick | 32-46 | color: silver, black; type+: fixed, folding | laptop, stand, ergonomic | A steady stand that lifts the screen to eye level. | 稳固的笔记本支架，把屏幕抬到视线高度。
HD Webcam | 高清摄像头 | Nimbuskey | 44-78 | resolution+: 1080p, 4K; mount: clip mount, tripod mount | webcam, video call | A webcam with a privacy shutter and two noise-reducing microphones. | 带隐私挡板的摄像头，双降噪麦克风。
Ultralight 14-Inch Laptop | 14英寸轻薄笔记本 | Gridwick | 798-1198 | memory+: 8 GB, 16 GB, 32 GB; storage+: 512 GB, 1 TB; color: silver, navy | laptop, computer | A 1.1-kilogram laptop with a matte screen and fifteen hours of battery. | 一点一公斤轻薄本，雾面屏，续航十五小时。
11-Inch Drawing Tablet | 11英寸绘画平板 | Nimbuskey | 228-328 | storage+: 128 GB, 256 GB; color: gray, pink | tablet, drawing, pen | A tablet with a pressure-sensitive pen for sketching and notes. | 压感笔绘画平板，画画记笔记两相宜。
Wi-Fi 6 Router | Wi-Fi 6路由器 | Gridwick | 84-148 | coverage+: one unit, two units; plug: @plugs | router, wifi, network | A mesh router that covers the whole home and sets up in minutes. | 支持组网的路由器，覆盖全屋，几分钟装好。
Dot Grid Notebook | 点阵笔记本 | Papertern | 14-22 | color: black, green, terracotta, navy; size+: A6, A5, B5 | notebook, paper, stationery | A thread-bound notebook with thick paper that ink does not bleed through. | 线装点阵本，纸张厚实不洇墨。
Fountain Pen | 钢笔 | Papertern | 28-46 | nib: extra fine nib, fine nib, medium nib; color: black, teal, burgundy | pen, stationery, gift | A smooth steel-nib pen that takes cartridges or a converter. | 书写顺滑的钢尖钢笔，墨囊和上墨器通用。
Desk Organizer | 桌面收纳盒 | Papertern | 24-36 | material+: bamboo, walnut; size: small, large | desk, storage, stationery | A wooden tray set that gives every pen, clip and cable its place. | 木质桌面收纳，笔夹线材各归其位。
Felt Desk Mat | 毛毡桌垫 | Papertern | 22-34 | color: gray, charcoal, green; size+: 60 x 30 cm, 90 x 40 cm | desk, mat, mouse pad | A wool-felt mat that warms the desk and quiets the keyboard. | 羊毛毡桌垫，温润桌面，键盘更静音。
""",
    ("audio-phones", "手机影音"): """
Noise-Cancelling Headphones | 降噪头戴式耳机 | Echofinch | 148-188 | color: black, cream, navy | headphones, bluetooth, noise cancelling | Over-ear headphones with forty hours of battery and soft cushions. | 头戴式降噪耳机，续航四十小时，耳罩柔软。
True Wireless Earbuds | 真无线耳机 | Echofinch | 58-98 | color: black, white, pink; noise cancelling+: without noise cancelling, with noise cancelling | earbuds, bluetooth | Pocketable earbuds with clear calls and a wireless charging case. | 小巧真无线耳机，通话清晰，充电盒支持无线充电。
Portable Bluetooth Speaker | 便携蓝牙音箱 | Tonewharf | 48-88 | color: black, teal, red; size+: small, large | speaker, bluetooth, outdoor | A rain-proof speaker with surprising bass and a carry loop. | 防雨便携音箱，低音有力，带提绳。
Fast Wall Charger | 快速充电器 | Cellume | 18-44 | power+: 20 W, 45 W, 65 W; plug: @plugs | charger, usb-c, phone | A small charger that wakes a phone to half in half an hour. | 小体积充电器，半小时充到一半电量。
Braided USB-C Cable | 编织USB-C数据线 | Cellume | 9-19 | length+: 1 m, 2 m, 3 m; color: black, white, red | cable, usb-c | A braided cable tested for twenty thousand bends. | 编织数据线，经两万次弯折测试。
Magnetic Power Bank | 磁吸充电宝 | Cellume | 32-58 | capacity+: 5000 mAh, 10000 mAh; color: black, white, pink | power bank, phone, travel | A slim power bank that snaps to the back of your phone. | 纤薄充电宝，吸附在手机背面随充随用。
Clear Phone Case | 透明手机壳 | Cellume | 14-22 | model: 6.1 inch, 6.7 inch; edge: clear edge, black edge, pink edge | phone case | A clear case with raised corners that does not turn yellow. | 四角加高的透明手机壳，不易发黄。
Tempered Glass Screen Protector | 钢化玻璃保护膜 | Cellume | 10-19 | model: 6.1 inch, 6.7 inch; pack+: pack of 1, pack of 2 | phone, screen protector | A scratch-proof glass with a frame that makes it easy to apply. | 防刮钢化膜，附贴膜框，一贴即正。
5G Smartphone | 5G智能手机 | Cellume | 468-668 | storage+: 128 GB, 256 GB, 512 GB; color: black, blue, sage green | phone, 5g, camera | A bright-screened phone with two-day battery and a steady camera. | 屏幕明亮的5G手机，两天续航，拍照防抖。
Fitness Smartwatch | 运动智能手表 | Kitefell | 128-178 | case size+: 41 mm, 45 mm; color: black, silver, rose gold | watch, fitness, gps | A watch with GPS, heart rate and a battery that lasts a week. | 带GPS与心率监测的手表，续航一周。
Bookshelf Speakers | 书架音箱 | Tonewharf | 188-248 | finish: walnut, black, white; plug: @plugs | speakers, hi-fi | A pair of powered speakers with a warm wooden sound. | 一对有源书架音箱，木质温暖音色。
Belt-Drive Turntable | 皮带传动黑胶唱机 | Tonewharf | 168-228 | finish: walnut, black; output+: wired, wired and Bluetooth | turntable, vinyl, hi-fi | A quiet turntable with an aluminium platter and a dust cover. | 安静的黑胶唱机，铝制转盘，附防尘罩。
Car Phone Mount | 车载手机支架 | Cellume | 19-34 | fixing: air vent, dashboard; charging+: without charging, wireless charging | car, phone, mount | A one-hand mount that holds firm on rough roads. | 单手取放车载支架，颠簸路面也稳固。
USB Podcast Microphone | USB播客麦克风 | Tonewharf | 68-94 | color: black, white; stand+: desk stand, boom arm | microphone, podcast, streaming | A plug-in microphone with a mute button and live monitoring. | 即插即用麦克风，一键静音，可实时监听。
""",
    ("sports-outdoors", "运动户外"): """
Natural Rubber Yoga Mat | 天然橡胶瑜伽垫 | Kitefell | 44-62 | color: teal, black, pink; thickness+: 4 mm, 6 mm | yoga, mat, fitness | A non-slip mat in natural rubber with alignment lines. | 天然橡胶防滑瑜伽垫，带体位线。
Cork Yoga Block | 软木瑜伽砖 | Kitefell | 14-26 | pack+: pack of 1, pack of 2; density: soft, firm | yoga, block | A rounded cork block that steadies balance poses. | 圆角软木瑜伽砖，平衡体式更稳。
Adjustable Dumbbell Set | 可调节哑铃 | Ironlark | 98-228 | weight+: 10 kg, 20 kg, 30 kg; grip: rubber grip, steel grip | dumbbell, strength, gym | A pair of dumbbells whose plates change with one turn. | 一对可调哑铃，一拧即换重量。
Resistance Band Set | 弹力带套装 | Ironlark | 18-32 | set+: set of 3, set of 5; type: loop, tube with handles | resistance, fitness, travel | Color-coded bands with a door anchor and a carry pouch. | 分色弹力带，附门扣和收纳袋。
Two-Person Tent | 双人帐篷 | Trailmoth | 148-188 | color: olive, terracotta; season+: three-season, four-season | tent, camping | A free-standing tent that two people pitch in five minutes. | 自立式双人帐篷，五分钟搭好。
Down Sleeping Bag | 羽绒睡袋 | Trailmoth | 118-178 | temperature+: 5 degrees, minus 5 degrees; length: regular length, long length | sleeping bag, camping | A mummy bag with water-repellent down and a draft collar. | 木乃伊式羽绒睡袋，防泼水羽绒，带防风领。
Self-Inflating Camping Mat | 自充气防潮垫 | Trailmoth | 48-72 | thickness+: 4 cm, 6 cm; color: olive, blue | camping, mat, sleep | A mat that fills itself while you cook dinner. | 自充气防潮垫，做饭的工夫就充好了。
Trekking Poles | 登山杖 | Trailmoth | 46-78 | material+: aluminium, carbon fiber; color: black, red | hiking, poles | Folding poles with cork grips and tips for rock and snow. | 折叠登山杖，软木握把，岩石雪地杖尖可换。
Insulated Steel Flask | 不锈钢保温水壶 | Brisk Heron | 26-42 | capacity+: 500 ml, 750 ml, 1 L; color: white, teal, black | bottle, hiking, drink | A double-walled flask that keeps water cold for a whole day. | 双层保温水壶，冰水可保冷一整天。
LED Headlamp | LED头灯 | Brisk Heron | 28-46 | brightness+: 300 lumens, 600 lumens; color: black, yellow | headlamp, camping, running | A rechargeable headlamp with a red night mode. | 充电式头灯，带红光夜视模式。
Camping Gas Stove | 户外燃气炉 | Brisk Heron | 34-56 | burners+: one burner, two burners; color: olive, red | stove, camping, cooking | A folding stove with a wind shield and push-button lighting. | 带挡风板的折叠炉，一键点火。
Badminton Racket Set | 羽毛球拍套装 | Kitefell | 38-68 | material+: aluminium, carbon fiber; players: 2 players, 4 players | badminton, racket | Strung rackets with shuttlecocks in a shoulder bag. | 已穿线球拍，附羽毛球和背包。
Bike Helmet | 自行车头盔 | Brisk Heron | 48-72 | color: white, black, sage green; size: S, M, L; light+: without light, with rear light | cycling, helmet, safety | A ventilated helmet with a magnetic buckle. | 透气骑行头盔，磁吸扣一扣即合。
Jump Rope | 跳绳 | Ironlark | 12-24 | type+: basic, weighted, cordless; color: black, pink | jump rope, cardio | A ball-bearing rope that turns without tangling. | 轴承跳绳，转动顺滑不打结。
""",
    ("toys-games", "玩具桌游"): """
Wooden Building Blocks | 木制积木 | Bumblewood | 28-58 | pieces+: 50 pieces, 100 pieces, 150 pieces; color: natural, rainbow | blocks, wood, toddler | Smooth beech blocks in a cotton bag for endless towers. | 光滑榉木积木，布袋收纳，怎么搭都行。
Marble Run Set | 弹珠轨道 | Tinker Otter | 36-68 | pieces+: 80 pieces, 150 pieces; material: wood, clear plastic | marble run, stem | Tracks, loops and funnels that teach gravity by play. | 轨道、环道与漏斗，在玩中认识重力。
Harbour Town Board Game | 海港小镇桌游 | Meeplehaus | 38-46 | language: English, Chinese; edition+: standard edition, deluxe edition | board game, family, strategy | Build piers and trade fish in a forty-minute family strategy game. | 四十分钟家庭策略桌游，修码头、做渔市。
Thousand-Piece Jigsaw Puzzle | 千片拼图 | Meeplehaus | 18-24 | picture: lighthouse, night market, mountain lake, cats in a library | jigsaw, puzzle | A matte, glare-free puzzle with linen-textured pieces. | 哑光防反光拼图，亚麻纹理拼块。
Plush Otter | 水獭毛绒玩具 | Tinker Otter | 18-36 | size+: 25 cm, 40 cm; color: brown, gray | plush, toy, gift | A huggable otter with embroidered eyes and washable fur. | 抱抱水獭，刺绣眼睛，可机洗。
Magnetic Tiles | 磁力片 | Tinker Otter | 34-72 | pieces+: 40 pieces, 64 pieces, 100 pieces; color: rainbow, pastel | magnetic, stem, building | Strong see-through tiles that click into castles and rockets. | 强磁透光磁力片，拼城堡搭火箭。
Wooden Train Set | 木质小火车套装 | Bumblewood | 44-78 | pieces+: 40 pieces, 80 pieces; engine: push engine, battery engine | train, wood, toddler | A railway with bridges, a station and trees for small hands. | 带桥梁、车站和小树的木质铁路，适合小手。
Beginner Telescope | 入门天文望远镜 | Tinker Otter | 78-118 | aperture+: 60 mm, 70 mm; mount: tabletop mount, tripod mount | telescope, science, gift | A first telescope that shows the craters of the moon. | 人生第一台望远镜，看得清月球环形山。
Watercolor Paint Set | 水彩颜料套装 | Papertern | 22-42 | colors+: 24 colors, 36 colors; case: tin, wooden box | painting, art, kids | Bright pans with a water brush and a mixing palette. | 鲜亮固体水彩，附自来水笔和调色盘。
Remote Control Boat | 遥控船 | Tinker Otter | 46-62 | color: red, blue; battery+: one battery, two batteries | remote control, water, outdoor | A fast little boat that rights itself when it capsizes. | 疾速遥控小船，翻了会自己正过来。
Mahjong Set | 麻将套装 | Meeplehaus | 68-98 | tile size+: 34 mm, 40 mm; color: green, blue, white | mahjong, game, family | A full set of smooth tiles with dice in a carry case. | 一整副手感顺滑的麻将牌，附骰子和手提盒。
Strategy Card Game | 策略卡牌游戏 | Meeplehaus | 16-22 | language: English, Chinese; edition+: standard edition, deluxe edition | card game, party | A quick card game of bluff and luck for two to six players. | 二至六人的唬人卡牌游戏，一局很快。
Kids' Balance Bike | 儿童平衡车 | Bumblewood | 74-92 | color: sage green, red, blue; wheels+: foam wheels, air wheels | kids, bike, outdoor | A pedal-free wooden bike that grows with the child. | 无脚踏木质平衡车，车座可随孩子长高。
Soft Baby Rattle Set | 婴儿手摇铃套装 | Bumblewood | 16-28 | set+: set of 3, set of 5; material: wood, organic cotton | baby, gift | Gentle rattles and teethers in untreated maple and cotton. | 原木与棉布的摇铃牙胶，温和安全。
""",
    ("beauty-care", "美妆个护"): """
Hydrating Face Serum | 保湿精华液 | Fernglow | 28-46 | capacity+: 30 ml, 50 ml; skin type: dry skin, oily skin, sensitive skin | serum, skincare, hyaluronic acid | A light serum with hyaluronic acid that sinks in without stickiness. | 含透明质酸的轻盈精华，吸收快不黏腻。
Mineral Sunscreen SPF 50 | 物理防晒霜SPF50 | Fernglow | 19-29 | capacity+: 50 ml, 100 ml; finish: tinted, untinted | sunscreen, skincare, summer | A zinc sunscreen that leaves no white cast and stings no eyes. | 氧化锌防晒霜，不泛白、不辣眼。
Gentle Foam Cleanser | 温和洁面泡沫 | Fernglow | 16-26 | capacity+: 150 ml, 250 ml; skin type: dry skin, oily skin | cleanser, skincare | A soap-free foam that removes the day and keeps the moisture. | 无皂基洁面泡沫，洗净一天的疲惫，留住水分。
Overnight Repair Cream | 夜间修护面霜 | Fernglow | 34-48 | capacity+: 30 ml, 50 ml; scent: unscented, lavender | cream, skincare, night | A rich cream with ceramides that calms dry skin while you sleep. | 含神经酰胺的滋润晚霜，睡眠中舒缓干燥肌肤。
Matte Lipstick | 哑光口红 | Petalmint | 18-22 | shade: brick red, rose, nude, plum | lipstick, makeup | A comfortable matte lipstick that lasts through lunch. | 舒适哑光口红，吃完午饭也不掉色。
Makeup Brush Set | 化妆刷套装 | Petalmint | 28-48 | set+: set of 6, set of 10; handle: bamboo, black | brushes, makeup, gift | Dense vegan brushes with a roll-up pouch. | 浓密纤维毛化妆刷，附卷收包。
Ionic Hair Dryer | 负离子吹风机 | Petalmint | 68-92 | color: white, pink, black; plug: @plugs | hair dryer, hair | A fast, quiet dryer with a magnetic diffuser. | 快干静音吹风机，磁吸扩散风嘴。
Sonic Toothbrush | 声波电动牙刷 | Puffin & Sons | 48-78 | color: white, black, pink; heads+: 2 heads, 4 heads | toothbrush, dental | A gentle sonic brush with a pressure sensor and a travel case. | 温和声波牙刷，带压力感应和旅行盒。
Beard Trimmer | 胡须修剪器 | Barberquay | 38-54 | color: black, silver; guards+: 4 guards, 8 guards | trimmer, grooming | A waterproof trimmer with steel blades that sharpen themselves. | 全身防水修剪器，自磨钢刀头。
Safety Razor Kit | 安全剃须刀套装 | Barberquay | 34-52 | finish: chrome, matte black, brass; set+: set of 3, set of 5 | razor, shaving, gift | A weighty razor with a stand, a brush and ten blades. | 分量十足的剃须刀，附刀架、胡刷和十枚刀片。
Argan Oil Shampoo | 摩洛哥坚果油洗发水 | Petalmint | 14-26 | capacity+: 300 ml, 500 ml; hair type: dry hair, colored hair | shampoo, hair | A sulfate-free shampoo that leaves hair soft and bright. | 无硫酸盐洗发水，秀发柔软有光泽。
Soy Wax Scented Candle | 大豆蜡香薰蜡烛 | Petalmint | 18-34 | scent: lavender, fig, sea salt, sandalwood; weight+: 180 g, 300 g | candle, home, gift | A slow-burning soy candle in a reusable glass. | 慢燃大豆蜡烛，玻璃杯可再利用。
Hand Cream Gift Trio | 护手霜三支礼盒 | Petalmint | 19-28 | scent: rose, sea salt, unscented; capacity+: 30 ml, 50 ml | hand cream, gift | Three shea-butter hand creams in a keepsake tin. | 三支乳木果护手霜，收藏铁盒装。
Jade Facial Roller | 玉石美容滚轮 | Fernglow | 22-34 | stone: jade, rose quartz; set+: roller only, roller and gua sha | facial, massage, skincare | A cool stone roller that eases puffiness in the morning. | 清凉玉石滚轮，晨间舒缓浮肿。
""",
    ("pets", "宠物用品"): """
Orthopedic Dog Bed | 狗狗护关节床 | Waggle & Purr | 58-108 | size+: small, medium, large; color: gray, brown | dog, bed | A memory-foam bed with a washable cover and a low entrance. | 记忆棉狗床，布套可拆洗，入口低矮。
No-Pull Dog Harness | 防爆冲狗胸背带 | Pawtide | 26-34 | color: teal, red, black; size: S, M, L | dog, harness, walking | A padded harness that discourages pulling without choking. | 加垫胸背带，防爆冲不勒脖。
Reflective Dog Leash | 反光牵引绳 | Pawtide | 14-24 | length+: 1.5 m, 2 m, 3 m; color: teal, red, black | dog, leash, walking | A soft-handled leash that glows in headlights. | 软垫把手牵引绳，车灯下清晰反光。
Cat Tree Tower | 猫爬架 | Waggle & Purr | 74-138 | height+: 90 cm, 130 cm, 160 cm; color: gray, beige | cat, scratching, furniture | A steady cat tower with sisal posts, a hammock and a cave. | 稳固猫爬架，剑麻柱、吊床加小窝。
Automatic Pet Feeder | 自动喂食器 | Pawtide | 58-92 | capacity+: 3 L, 5 L; bowls: one bowl, two bowls; plug: US plug, CN plug | feeder, cat, dog | A feeder that serves portions on time and records your voice. | 定时定量喂食器，可录主人声音。
Pet Water Fountain | 宠物饮水机 | Pawtide | 32-46 | material+: plastic, stainless steel; capacity: 2 L, 3 L | fountain, cat, dog | A silent fountain that keeps water fresh and moving. | 静音循环饮水机，活水更新鲜。
Grain-Free Dog Food | 无谷狗粮 | Waggle & Purr | 24-68 | flavor: chicken, salmon, lamb; weight+: 2 kg, 5 kg, 10 kg | dog, food | Oven-baked kibble with fresh meat and no grain. | 鲜肉烘焙狗粮，不含谷物。
Salmon Cat Food | 三文鱼猫粮 | Waggle & Purr | 18-48 | age: kitten, adult cat; weight+: 1.5 kg, 4 kg | cat, food | Crunchy cat food rich in salmon and taurine. | 富含三文鱼与牛磺酸的香脆猫粮。
Clumping Cat Litter | 结团猫砂 | Waggle & Purr | 16-34 | type: tofu, bentonite; weight+: 6 kg, 12 kg | cat, litter | Low-dust litter that clumps fast and holds odor. | 低尘猫砂，结团快，锁住异味。
Pet Carrier Backpack | 宠物外出背包 | Pawtide | 44-62 | color: gray, pink, green; size+: small, medium | carrier, cat, travel | A ventilated backpack with a window for curious cats. | 透气宠物背包，给好奇猫咪一扇窗。
Pet Grooming Brush | 宠物梳毛刷 | Pawtide | 14-22 | coat: short hair, long hair; size+: small, large | grooming, cat, dog | A self-cleaning brush that lifts loose hair at a click. | 一键脱毛梳，轻松带走浮毛。
Feather Wand Cat Toy | 逗猫棒 | Waggle & Purr | 8-16 | pack+: pack of 1, pack of 3; color: rainbow, natural | cat, toy | A springy wand with swappable feathers and bells. | 弹性逗猫棒，羽毛铃铛可替换。
Rubber Chew Bone | 橡胶磨牙骨 | Pawtide | 10-18 | size+: small, medium, large; flavor: unflavored, beef | dog, toy, chew | A tough natural-rubber bone that hides a treat inside. | 耐咬天然橡胶骨，里面可藏零食。
Aquarium Starter Kit | 鱼缸入门套装 | Pawtide | 64-118 | capacity+: 15 L, 30 L, 60 L; light: white light, color light | fish, aquarium | A glass tank with filter, lamp and a lid for first-time keepers. | 玻璃鱼缸配过滤器、灯和盖，适合新手。
""",
    ("garden-tools", "园艺工具"): """
Bypass Pruning Shears | 园艺修枝剪 | Gardenwren | 24-36 | blade+: standard steel, hardened steel; hand size: small, large | pruning, garden, shears | Sharp shears that cut green stems cleanly and lock shut. | 锋利修枝剪，切口平整，可锁合。
Raised Garden Bed | 高架种植箱 | Gardenwren | 68-118 | material: cedar, galvanized steel; size+: 120 x 60 cm, 180 x 90 cm | raised bed, vegetables | A slot-together bed for vegetables that needs no tools. | 插接式菜园种植箱，免工具安装。
Expandable Garden Hose | 伸缩浇水软管 | Rootwise | 32-54 | length+: 10 m, 15 m, 30 m; color: green, black | hose, watering | A hose that grows under pressure and shrinks to store. | 通水伸长、断水回缩的浇花软管。
Self-Watering Planter | 自动吸水花盆 | Rootwise | 18-38 | color: white, terracotta, sage green; size+: 15 cm, 20 cm, 30 cm | planter, indoor plants | A planter with a hidden reservoir that waters for two weeks. | 暗藏水箱的花盆，两周不用浇水。
Herb Growing Kit | 香草种植套装 | Rootwise | 22-32 | herbs: basil and mint, thyme and sage, coriander and chives; pots+: ceramic pots, wooden box | herbs, seeds, gift | Seeds, soil and pots for a windowsill of fresh herbs. | 种子、土壤和花盆一套齐，窗台种出新鲜香草。
Cordless Drill Driver | 充电电钻 | Boltgander | 78-138 | battery+: one battery, two batteries; voltage: 12 V, 18 V; plug: @plugs | drill, diy, power tool | A compact drill with a lamp and twenty torque settings. | 紧凑型充电电钻，带照明，二十档扭力。
Household Tool Kit | 家用工具箱 | Boltgander | 44-88 | pieces+: 45 pieces, 80 pieces, 120 pieces; case: hard case, soft bag | tools, diy, home | Everything for pictures, shelves and leaking taps in one case. | 挂画装架修水龙头，一箱工具全搞定。
Precision Screwdriver Set | 精密螺丝刀套装 | Boltgander | 22-36 | bits+: 24 bits, 48 bits; handle: manual, electric | screwdriver, repair | Magnetic bits for phones, glasses and toys. | 磁性批头，修手机眼镜玩具都合适。
Laser Distance Meter | 激光测距仪 | Boltgander | 34-58 | range+: 40 m, 60 m; color: black, yellow | measuring, diy | A pocket meter that measures rooms and areas at a press. | 口袋测距仪，一按测出距离和面积。
Solar Path Lights | 太阳能庭院灯 | Lumenoak | 28-52 | pack+: pack of 4, pack of 8; light: warm white, cool white | solar, garden, light | Weatherproof lights that come on by themselves at dusk. | 防水庭院灯，天黑自动亮起。
Garden Kneeler Seat | 园艺跪凳 | Gardenwren | 36-46 | color: green, gray; pouch+: without pouch, with tool pouch | garden, seat | A bench that flips into a kneeler to spare knees and back. | 翻转即成跪垫的园艺凳，护膝护腰。
Leather Garden Gloves | 皮质园艺手套 | Gardenwren | 16-24 | size: S, M, L; cuff+: short cuff, long cuff | gloves, garden | Thorn-proof goatskin gloves that stay supple. | 防刺山羊皮手套，久用依然柔软。
Compost Bin | 堆肥桶 | Rootwise | 28-74 | capacity+: 10 L, 150 L; color: green, black | compost, garden, kitchen | A vented bin that turns peelings into soil without smell. | 透气堆肥桶，果皮变沃土，无异味。
Bird Feeder | 喂鸟器 | Gardenwren | 22-38 | material+: recycled plastic, cedar; mount: hanging, window mount | birds, garden, gift | A squirrel-resistant feeder that brings finches to the window. | 防松鼠喂鸟器，引小鸟来窗前。
""",
}

# What people buy together: within a group every product goes with every other.
GOES_TOGETHER = [
    ["Burr Coffee Grinder", "Gooseneck Electric Kettle", "Pour-Over Coffee Set", "Digital Kitchen Scale", "Insulated Travel Mug"],
    ["Pump Espresso Machine", "Burr Coffee Grinder", "Insulated Travel Mug"],
    ["Gongfu Tea Set", "Loose Leaf Jasmine Tea", "Gooseneck Electric Kettle"],
    ["Cast Iron Skillet", "Chef's Knife", "Bamboo Cutting Board Set", "Enamelled Dutch Oven"],
    ["Stainless Steel Wok", "Bamboo Steamer", "Smart Rice Cooker", "Chef's Knife"],
    ["Silicone Baking Mat Set", "Nesting Mixing Bowls", "Digital Kitchen Scale", "Hand Blender"],
    ["Glass Food Storage Set", "Insulated Lunch Bag", "Multi-Cooker"],
    ["Natural Rubber Yoga Mat", "Cork Yoga Block", "Seamless Sports Bra", "Resistance Band Set"],
    ["Adjustable Dumbbell Set", "Resistance Band Set", "Jump Rope", "Fitness Smartwatch"],
    ["Cloudstride Running Shoes", "Fitness Smartwatch", "True Wireless Earbuds", "LED Headlamp"],
    ["Two-Person Tent", "Down Sleeping Bag", "Self-Inflating Camping Mat", "LED Headlamp", "Camping Gas Stove"],
    ["Trail Hiking Boots", "Merino Hiking Socks", "Trekking Poles", "Insulated Steel Flask", "Packable Rain Jacket"],
    ["Roll-Top Dry Bag", "Quick-Dry Swim Shorts", "Wide-Brim Sun Hat", "Mineral Sunscreen SPF 50"],
    ["Badminton Racket Set", "Indoor Court Shoes"],
    ["Hard-Shell Carry-On Suitcase", "Packing Cube Set", "Neck Pillow", "RFID Travel Wallet", "Hanging Toiletry Bag"],
    ["Large Check-In Suitcase", "Packing Cube Set", "Hanging Toiletry Bag"],
    ["Commuter Backpack", "Aluminium Laptop Stand", "Insulated Travel Mug"],
    ["Ultralight 14-Inch Laptop", "USB-C Docking Station", "27-Inch 4K Monitor", "Aluminium Laptop Stand", "Portable SSD"],
    ["Hot-Swap Mechanical Keyboard", "Ergonomic Vertical Mouse", "Felt Desk Mat", "27-Inch 4K Monitor"],
    ["Standing Desk", "Ergonomic Mesh Desk Chair", "Dimmable LED Desk Lamp", "Desk Organizer"],
    ["Dot Grid Notebook", "Fountain Pen", "Desk Organizer", "Watercolor Paint Set"],
    ["HD Webcam", "USB Podcast Microphone", "Noise-Cancelling Headphones"],
    ["5G Smartphone", "Clear Phone Case", "Tempered Glass Screen Protector", "Fast Wall Charger", "Magnetic Power Bank"],
    ["Fast Wall Charger", "Braided USB-C Cable", "Car Phone Mount"],
    ["Belt-Drive Turntable", "Bookshelf Speakers"],
    ["Washed Cotton Duvet Set", "Fitted Bed Sheet", "Goose Down Pillow", "All-Season Duvet", "Platform Bed Frame"],
    ["Memory Foam Pillow", "Weighted Blanket", "Mulberry Silk Pillowcase", "Cotton Pyjama Set"],
    ["Turkish Cotton Towel Set", "Waffle Bathrobe", "Quick-Dry Bath Mat", "Linen Shower Curtain", "Rain Shower Head"],
    ["Three-Seat Sofa", "Round Coffee Table", "Arc Floor Lamp", "Wool Throw Blanket"],
    ["Bedside Table", "Motion Sensor Night Light", "Full-Length Mirror"],
    ["Hydrating Face Serum", "Gentle Foam Cleanser", "Overnight Repair Cream", "Mineral Sunscreen SPF 50", "Jade Facial Roller"],
    ["Matte Lipstick", "Makeup Brush Set", "Gentle Foam Cleanser"],
    ["Beard Trimmer", "Safety Razor Kit"],
    ["Soy Wax Scented Candle", "Hand Cream Gift Trio", "Cashmere Blend Scarf"],
    ["Orthopedic Dog Bed", "No-Pull Dog Harness", "Reflective Dog Leash", "Grain-Free Dog Food", "Rubber Chew Bone"],
    ["Cat Tree Tower", "Salmon Cat Food", "Clumping Cat Litter", "Feather Wand Cat Toy", "Pet Water Fountain"],
    ["Automatic Pet Feeder", "Pet Water Fountain", "Salmon Cat Food"],
    ["Bypass Pruning Shears", "Leather Garden Gloves", "Garden Kneeler Seat", "Rubber Rain Boots"],
    ["Raised Garden Bed", "Expandable Garden Hose", "Compost Bin", "Herb Growing Kit"],
    ["Self-Watering Planter", "Herb Growing Kit"],
    ["Cordless Drill Driver", "Household Tool Kit", "Laser Distance Meter", "Precision Screwdriver Set"],
    ["Wooden Building Blocks", "Wooden Train Set", "Magnetic Tiles", "Plush Otter"],
    ["Harbour Town Board Game", "Strategy Card Game", "Thousand-Piece Jigsaw Puzzle", "Mahjong Set"],
    ["Linen Wrap Dress", "Wide-Brim Sun Hat", "Cork Footbed Sandals", "Cropped Wool Cardigan"],
    ["High-Waist Wide-Leg Trousers", "Silk Touch Blouse", "Ballet Flats", "Leather Tote Bag"],
    ["Oxford Button-Down Shirt", "Slim Chino Trousers", "Leather Belt", "Suede Penny Loafers", "Unstructured Blazer"],
    ["Leather Chelsea Boots", "Shoe Care Kit", "Selvedge Denim Jeans"],
]

# Sold out in every variant.
SOLD_OUT = {"Remote Control Boat", "Belted Trench Coat", "Bladeless Desk Fan"}

OPTION_NAMES_ZH = """
color 颜色, size 尺码, sleeve 袖长, wash 水洗, fit 版型, support 支撑, pack 包装数量, length 长度, width 宽度, height 高度, heel 跟高, polish 鞋蜡,
set 套装, capacity 容量, lock 锁, closure 开口, material 材质, filling 填充物, finish 表面工艺, blade 刀刃, handle 手柄, groove 导水槽, dripper 滤杯,
glaze 釉色, lid 锅盖, lid color 盖子颜色, max load 最大称重, tiers 层数, weight 重量, packaging 包装, plug 插头, battery 电池, room size 适用面积,
attachments 配件, power source 供电方式, function 功能, firmness 软硬度, cover 外套面料, armrest 扶手, top 桌面, shelves 层板, base 底座, shade 色号,
fabric 面料, diameter 直径, drawers 抽屉, steps 级数, frame 边框, light 灯光, switch 轴体, layout 配列, hand 左右手, stand 支架, storage 存储容量,
ports 接口数, type 类型, resolution 分辨率, mount 安装方式, memory 内存, coverage 覆盖, nib 笔尖, noise cancelling 降噪, power 功率, model 适用屏幕,
edge 边框颜色, case size 表壳尺寸, output 输出, fixing 固定方式, charging 充电, thickness 厚度, density 硬度, grip 握把, season 适用季节,
temperature 舒适温度, brightness 亮度, burners 炉头, players 人数, pieces 件数, language 语言, edition 版本, picture 图案, engine 车头, aperture 口径,
colors 颜色数, case 盒子, tile size 牌面大小, wheels 车轮, skin type 肤质, scent 香型, heads 刷头数, guards 限位梳, hair type 发质, stone 石材,
bowls 碗数, flavor 口味, age 年龄, coat 毛长, hand size 手型, herbs 香草种类, pots 花盆, voltage 电压, bits 批头数, range 量程, pouch 工具袋, cuff 袖口
"""

# Option names that mean something else on some products.
OPTION_NAMES_ZH_OF = {
    "Arc Floor Lamp": {"shade": "灯罩"},
    "Mineral Sunscreen SPF 50": {"finish": "是否润色"},
}
# Where "size" is not a clothing size, it is 尺寸.
CLOTHING = {"womens-clothing", "mens-clothing", "shoes"}

OPTION_VALUES_ZH = """
black 黑色, white 白色, gray 灰色, navy 藏青色, beige 米色, red 红色, blue 蓝色, green 绿色, pink 粉色, yellow 黄色, brown 棕色, sage green 鼠尾草绿,
terracotta 陶土色, cream 奶油色, olive 橄榄绿, burgundy 酒红色, charcoal 炭灰色, teal 蓝绿色, silver 银色, rose gold 玫瑰金, natural 原色, brass 黄铜色,
chrome 镀铬, matte black 哑光黑, rainbow 彩虹色, pastel 马卡龙色, blue stripe 蓝色条纹, pink floral 粉色碎花, red check 红色格纹, green check 绿色格纹,
short sleeve 短袖, long sleeve 长袖, light wash 浅色水洗, dark wash 深色水洗, black wash 黑色水洗, raw indigo 原色靛蓝, slim fit 修身, straight fit 直筒,
regular fit 常规, light support 轻度支撑, medium support 中度支撑, short length 短款, regular length 标准长度, long length 加长, regular width 标准宽度,
wide width 加宽, mid height 中帮, high height 高帮, clear polish 无色鞋蜡, black polish 黑色鞋蜡, brown polish 棕色鞋蜡, combination lock 密码锁,
fingerprint lock 指纹锁, zip top 拉链开口, open top 敞口, small 小号, medium 中号, large 大号, nylon 尼龙, leather 真皮, microbead 微粒, memory foam 记忆棉,
pre-seasoned 预开锅, enamelled 珐琅, pakkawood 彩木, black resin 黑色树脂, with juice groove 带导水槽, without juice groove 不带导水槽, ceramic 陶瓷,
glass 玻璃, celadon 青瓷, with lid 带盖, without lid 不带盖, stainless steel 不锈钢, one tier 一层, two tiers 两层, three tiers 三层, four tiers 四层,
pouch 袋装, tin 铁盒, US plug 美规插头, UK plug 英规插头, CN plug 国标插头, standard battery 标准电池, long-life battery 长续航电池,
blender only 仅料理棒, whisk and chopper 含打蛋器和切碎杯, mains 插电, USB-C USB-C供电, vacuum only 仅吸尘, vacuum and mop 扫拖一体, twin 单人,
queen 双人, king 加大双人, standard 标准, soft 柔软, medium firm 适中偏硬, firm 偏硬, cotton 棉, bamboo 竹, down 羽绒, microfiber 超细纤维,
fixed armrest 固定扶手, adjustable armrest 可调扶手, oak 橡木, walnut 胡桃木, three shelves 三层板, four shelves 四层板, five shelves 五层板,
weighted base 加重底座, clamp base 夹式底座, white linen shade 白色亚麻灯罩, black metal shade 黑色金属灯罩, woven fabric 织物, velvet 丝绒,
one drawer 单抽, two drawers 双抽, one step 一级, two steps 两级, warm white 暖白光, cool white 冷白光, red switch 红轴, brown switch 茶轴, blue switch 青轴,
75 percent 75%配列, full size 全尺寸, right hand 右手, left hand 左手, tilt stand 倾斜支架, height-adjustable stand 升降支架, 7 ports 7口, 11 ports 11口,
fixed 固定式, folding 折叠式, 1080p 1080p高清, 4K 4K超清, clip mount 夹式, tripod mount 三脚架, one unit 单台装, two units 两台装, A6 A6, A5 A5, B5 B5,
extra fine nib 特细尖, fine nib 细尖, medium nib 中尖, without noise cancelling 无降噪, with noise cancelling 带降噪, clear edge 透明边, black edge 黑边,
pink edge 粉边, wired 有线, wired and Bluetooth 有线加蓝牙, air vent 出风口, dashboard 仪表台, without charging 不带充电, wireless charging 无线充电,
desk stand 桌面支架, boom arm 悬臂支架, rubber grip 橡胶握把, steel grip 钢质握把, loop 环形, tube with handles 带把手, three-season 三季,
four-season 四季, 5 degrees 5℃, minus 5 degrees 零下5℃, aluminium 铝合金, carbon fiber 碳纤维, one burner 单炉头, two burners 双炉头,
without light 不带灯, with rear light 带尾灯, basic 基础款, weighted 负重款, cordless 无绳款, wood 木质, clear plastic 透明塑料, English 英文版,
Chinese 中文版, standard edition 标准版, deluxe edition 豪华版, lighthouse 灯塔, night market 夜市, mountain lake 高山湖, cats in a library 图书馆的猫,
push engine 手推车头, battery engine 电动车头, tabletop mount 桌面支架, wooden box 木盒, one battery 一块电池, two batteries 两块电池, foam wheels 发泡轮,
air wheels 充气轮, organic cotton 有机棉, dry skin 干性肌肤, oily skin 油性肌肤, sensitive skin 敏感肌, tinted 润色, untinted 不润色, unscented 无香,
lavender 薰衣草, brick red 砖红色, rose 玫瑰, nude 裸色, plum 梅子色, fig 无花果, sea salt 海盐, sandalwood 檀香, jade 玉石, rose quartz 粉晶,
roller only 仅滚轮, roller and gua sha 滚轮加刮痧板, dry hair 干枯发质, colored hair 染后发质, one bowl 单碗, two bowls 双碗, plastic 塑料, chicken 鸡肉,
salmon 三文鱼, lamb 羊肉, beef 牛肉, unflavored 原味, kitten 幼猫, adult cat 成猫, tofu 豆腐猫砂, bentonite 膨润土猫砂, short hair 短毛, long hair 长毛,
white light 白光, color light 彩光, standard steel 普通钢, hardened steel 淬火钢, cedar 雪松木, galvanized steel 镀锌钢, basil and mint 罗勒和薄荷,
thyme and sage 百里香和鼠尾草, coriander and chives 香菜和细香葱, ceramic pots 陶瓷盆, hard case 硬壳箱, soft bag 软包, manual 手动, electric 电动,
without pouch 不带工具袋, with tool pouch 带工具袋, short cuff 短袖口, long cuff 长袖口, recycled plastic 再生塑料, hanging 悬挂式, window mount 窗贴式
"""

# Values that follow a pattern: (pattern, Chinese).
OPTION_VALUES_ZH_PATTERNS = [
    (r"(XXL|XL|XS|S|M|L|S/M|L/XL)", r"\1码"),
    (r"US (\d+)K", r"美码童鞋\1号"),
    (r"US (\d+)", r"美码\1号"),
    (r"pack of (\d+)", r"\1件装"),
    (r"set of (\d+)", r"\1件套"),
    (r"([\d. x]+) cm", r"\1厘米"),
    (r"([\d.]+) mm", r"\1毫米"),
    (r"([\d.]+) m", r"\1米"),
    (r"([\d.]+) sq m", r"\1平方米"),
    (r"([\d.]+) ml", r"\1毫升"),
    (r"([\d.]+) L", r"\1升"),
    (r"([\d.]+) inch", r"\1英寸"),
    (r"([\d.]+) kg", r"\1公斤"),
    (r"([\d.]+) g", r"\1克"),
    (r"([\d.]+) W", r"\1瓦"),
    (r"([\d.]+) V", r"\1伏"),
    (r"(\d+) mAh", r"\1毫安时"),
    (r"(\d+ [GT]B)", r"\1"),
    (r"(\d+) lumens", r"\1流明"),
    (r"(\d+) pieces", r"\1件"),
    (r"(\d+) players", r"\1人"),
    (r"(\d+) colors", r"\1色"),
    (r"(\d+) heads", r"\1支刷头"),
    (r"(\d+) guards", r"\1个限位梳"),
    (r"(\d+) bits", r"\1个批头"),
]

# ---------------------------------------------------------------------------------------
# The people. One customer a line: name | place | number of orders ("" = drawn).
# Chinese names carry their pinyin, which makes the customer id.
# ---------------------------------------------------------------------------------------

PEOPLE = """
Hannah Whitlock | portland |
Owen Whitlock | portland |
Marcus Delacroix | new-orleans |
Priscilla Okonjo | atlanta |
Theo Brandvold | minneapolis | 9
Lucia Ferrante | boston |
Dashiell Crane | austin |
Naomi Castellanos | albuquerque |
Gideon Ashworth | richmond |
Imani Holloway | baltimore |
Rafael Quintero | tucson |
Beatrix Lindgren | madison |
Cyrus Farahani | irvine |
Delphine Marchetti | providence |
Wesley Tanaka | honolulu |
Josephine Abernathy | savannah |
Malik Broussard | new-orleans | 0
Ingrid Solheim | seattle |
Tobias Winslow | cleveland |
Rosalind Pemberton | pittsburgh |
Andre Fontaine | st-louis |
Keiko Yamashiro | san-jose |
Silas Thornbury | boise |
Camila Restrepo | miami |
Desmond Achebe | raleigh |
Greta Hollenbeck | milwaukee |
Julian Vasquez-Reyes | san-antonio |
Nadia Petrosyan | glendale |
Elliot Farnsworth | burlington |
Simone Baptiste | tampa |
Quentin Mabry | nashville |
Yolanda Espinoza | el-paso |
August Lindqvist | duluth | 0
Freya Rasmussen | omaha |
Darius Kettering | detroit |
Paloma Ibarra | san-diego |
Victor Nakamura-Hale | sacramento |
Clementine Royce | charleston |
Hugo Steinbach | cincinnati |
Leila Haddadi | dearborn |
Bernard O'Rourke | chicago |
Tessa Vandermeer | grand-rapids |
Isaiah Pruitt | memphis |
Zoë Kaminski | buffalo | 0
Alastair Penhaligon | bristol |
Maeve Gallowglass | belfast |
Rupert Hathersage | sheffield |
Eilidh Macrae | edinburgh |
Nerys Prosser | cardiff |
Imogen Featherstone | leeds |
Étienne Beaulac | montreal |
Moira Fitzgibbon | halifax |
Harpreet Dhaliwal | calgary |
Soren Haldane | vancouver |
Annika Thibodeau | ottawa | 0
Ananya Deshmukh | pune |
Rohan Chatterjee | kolkata |
Kavya Subramaniam | chennai |
Vikram Rathore | jaipur |
Meera Nambiar | kochi |
"""

PEOPLE_CN = """
陈 chen 明远 mingyuan | 杭州 |
林 lin 雨桐 yutong | 上海 |
王 wang 思齐 siqi | 北京 |
李 li 嘉禾 jiahe | 成都 |
张 zhang 晓岚 xiaolan | 南京 |
刘 liu 子墨 zimo | 武汉 |
赵 zhao 清扬 qingyang | 西安 |
周 zhou 若溪 ruoxi | 苏州 |
吴 wu 俊驰 junchi | 深圳 |
徐 xu 梦瑶 mengyao | 广州 |
孙 sun 立诚 licheng | 青岛 |
胡 hu 安琪 anqi | 长沙 |
朱 zhu 浩然 haoran | 上海 |
高 gao 静姝 jingshu | 天津 |
何 he 文博 wenbo | 重庆 | 0
郭 guo 雪晴 xueqing | 北京 |
马 ma 骏 jun | 西安 |
罗 luo 诗涵 shihan | 成都 |
梁 liang 志远 zhiyuan | 广州 |
宋 song 佳怡 jiayi | 杭州 |
郑 zheng 海波 haibo | 厦门 |
谢 xie 婉清 wanqing | 厦门 |
韩 han 冬 dong | 大连 |
唐 tang 一诺 yinuo | 重庆 |
冯 feng 建国 jianguo | 天津 |
于 yu 欣然 xinran | 青岛 |
董 dong 宇轩 yuxuan | 武汉 |
萧 xiao 可心 kexin | 昆明 |
程 cheng 景行 jingxing | 南京 |
曹 cao 丽华 lihua | 苏州 |
袁 yuan 天佑 tianyou | 深圳 |
邓 deng 小满 xiaoman | 长沙 |
许 xu 知夏 zhixia | 上海 |
傅 fu 云帆 yunfan | 大连 | 0
沈 shen 念慈 nianci | 杭州 |
曾 zeng 国栋 guodong | 成都 |
彭 peng 乐瑶 leyao | 长沙 |
苏 su 慕白 mubai | 昆明 |
叶 ye 秋实 qiushi | 广州 |
欧阳 ouyang 琳 lin | 深圳 |
"""

# These two share a postcode and a last name; only the first name tells them apart.
SAME_HOUSEHOLD = ("Hannah Whitlock", "Owen Whitlock")

# place | city | state | country | postcode (9 = any digit, x = any letter)
PLACES = """
portland | Portland | OR | USA | 97299
new-orleans | New Orleans | LA | USA | 70199
atlanta | Atlanta | GA | USA | 30399
minneapolis | Minneapolis | MN | USA | 55499
boston | Boston | MA | USA | 02199
austin | Austin | TX | USA | 78799
albuquerque | Albuquerque | NM | USA | 87199
richmond | Richmond | VA | USA | 23299
baltimore | Baltimore | MD | USA | 21299
tucson | Tucson | AZ | USA | 85799
madison | Madison | WI | USA | 53799
irvine | Irvine | CA | USA | 92699
providence | Providence | RI | USA | 02999
honolulu | Honolulu | HI | USA | 96899
savannah | Savannah | GA | USA | 31499
seattle | Seattle | WA | USA | 98199
cleveland | Cleveland | OH | USA | 44199
pittsburgh | Pittsburgh | PA | USA | 15299
st-louis | St. Louis | MO | USA | 63199
san-jose | San Jose | CA | USA | 95199
boise | Boise | ID | USA | 83799
miami | Miami | FL | USA | 33199
raleigh | Raleigh | NC | USA | 27699
milwaukee | Milwaukee | WI | USA | 53299
san-antonio | San Antonio | TX | USA | 78299
glendale | Glendale | CA | USA | 91299
burlington | Burlington | VT | USA | 05499
tampa | Tampa | FL | USA | 33699
nashville | Nashville | TN | USA | 37299
el-paso | El Paso | TX | USA | 79999
duluth | Duluth | MN | USA | 55899
omaha | Omaha | NE | USA | 68199
detroit | Detroit | MI | USA | 48299
san-diego | San Diego | CA | USA | 92199
sacramento | Sacramento | CA | USA | 95899
charleston | Charleston | SC | USA | 29499
cincinnati | Cincinnati | OH | USA | 45299
dearborn | Dearborn | MI | USA | 48199
chicago | Chicago | IL | USA | 60699
grand-rapids | Grand Rapids | MI | USA | 49599
memphis | Memphis | TN | USA | 38199
buffalo | Buffalo | NY | USA | 14299
bristol | Bristol | England | United Kingdom | BS9 9xx
belfast | Belfast | Northern Ireland | United Kingdom | BT9 9xx
sheffield | Sheffield | England | United Kingdom | S9 9xx
edinburgh | Edinburgh | Scotland | United Kingdom | EH9 9xx
cardiff | Cardiff | Wales | United Kingdom | CF9 9xx
leeds | Leeds | England | United Kingdom | LS9 9xx
montreal | Montréal | QC | Canada | H9x 9x9
halifax | Halifax | NS | Canada | B9x 9x9
calgary | Calgary | AB | Canada | T9x 9x9
vancouver | Vancouver | BC | Canada | V9x 9x9
ottawa | Ottawa | ON | Canada | K9x 9x9
pune | Pune | Maharashtra | India | 411099
kolkata | Kolkata | West Bengal | India | 700099
chennai | Chennai | Tamil Nadu | India | 600099
jaipur | Jaipur | Rajasthan | India | 302099
kochi | Kochi | Kerala | India | 682099
北京 | 北京市 | 北京市 | 中国 | 100099 | 海淀区 朝阳区 丰台区
上海 | 上海市 | 上海市 | 中国 | 200099 | 徐汇区 静安区 杨浦区
天津 | 天津市 | 天津市 | 中国 | 300099 | 南开区 和平区 河西区
重庆 | 重庆市 | 重庆市 | 中国 | 400099 | 渝中区 江北区 南岸区
广州 | 广州市 | 广东省 | 中国 | 510099 | 天河区 越秀区 海珠区
深圳 | 深圳市 | 广东省 | 中国 | 518099 | 南山区 福田区 罗湖区
杭州 | 杭州市 | 浙江省 | 中国 | 310099 | 西湖区 拱墅区 滨江区
南京 | 南京市 | 江苏省 | 中国 | 210099 | 鼓楼区 玄武区 秦淮区
苏州 | 苏州市 | 江苏省 | 中国 | 215099 | 姑苏区 虎丘区 吴中区
成都 | 成都市 | 四川省 | 中国 | 610099 | 锦江区 青羊区 武侯区
武汉 | 武汉市 | 湖北省 | 中国 | 430099 | 江岸区 武昌区 洪山区
西安 | 西安市 | 陕西省 | 中国 | 710099 | 雁塔区 碑林区 莲湖区
青岛 | 青岛市 | 山东省 | 中国 | 266099 | 市南区 崂山区 市北区
厦门 | 厦门市 | 福建省 | 中国 | 361099 | 思明区 湖里区 集美区
长沙 | 长沙市 | 湖南省 | 中国 | 410099 | 岳麓区 芙蓉区 雨花区
昆明 | 昆明市 | 云南省 | 中国 | 650099 | 五华区 盘龙区 官渡区
大连 | 大连市 | 辽宁省 | 中国 | 116099 | 中山区 西岗区 沙河口区
"""

STREETS = {
    "USA": ["Alder Street", "Beacon Avenue", "Canal Road", "Dogwood Drive", "Ferry Street", "Granite Avenue", "Heron Way",
            "Juniper Lane", "Kestrel Court", "Larkspur Drive", "Millrace Road", "Orchard Terrace", "Quarry Street",
            "Saddleback Road", "Thistle Avenue", "Wharf Street"],
    "United Kingdom": ["Abbey Road", "Chapel Street", "Foundry Lane", "Mill Bank", "Quayside", "Station Road", "Tanner's Row"],
    "Canada": ["Birchmount Road", "Cartier Street", "Lakeshore Drive", "Maple Crescent", "Spruce Avenue"],
    "India": ["Gandhi Road", "Lake View Road", "Station Road", "Temple Street", "Park Street"],
    "中国": ["中山路", "人民路", "解放路", "建设路", "文化路", "学府路", "滨江路", "青年路", "和平街", "新华街", "桂花路", "梧桐街"],
}
COMPOUNDS_CN = ["海棠苑", "金桂花园", "翠湖小区", "书香名邸", "东风新村", "锦绣家园", "枫林里", "望江公寓"]

# ---------------------------------------------------------------------------------------
# Orders: how many of each status, and how parcels travel.
# ---------------------------------------------------------------------------------------

STATUSES = [
    ("pending", 120), ("delivered", 105), ("processed", 30), ("cancelled", 21),
    ("return requested", 9), ("exchange requested", 8), ("pending (item modified)", 7),
]
ORDERS = sum(n for _, n in STATUSES)
LATE_PARCELS = 5        # processed orders that are past their estimated delivery
PAYMENT_CHANGES = 3     # pending orders whose payment method was changed once

CARRIERS = {            # country: (carriers, days on the way)
    "USA": (["Northline Parcel", "Gull Express"], 2, 6),
    "Canada": (["Northline Parcel", "Meridian Air Freight"], 4, 9),
    "United Kingdom": (["Meridian Air Freight"], 5, 10),
    "India": (["Meridian Air Freight"], 7, 13),
    "中国": (["Haiyan Express", "Meridian Air Freight"], 6, 13),
}

# All times are UTC inside, and New York time with its offset in the files.
START = datetime(2026, 1, 2, 14, 0)
END = datetime(2026, 11, 16, 3, 0)          # 15 November, 22:00 in New York
DST = (datetime(2026, 3, 8, 7, 0), datetime(2026, 11, 1, 6, 0))
PLUGS = {"USA": "US plug", "Canada": "US plug", "United Kingdom": "UK plug", "India": "UK plug", "中国": "CN plug"}
UTC_OFFSET = {"USA": -6, "Canada": -5, "United Kingdom": 0, "India": 5, "中国": 8}

EVENT_WEIGHT = {"view": 1, "wishlist": 2, "cart": 3, "purchase": 5}     # a rating weighs its stars

# ---------------------------------------------------------------------------------------
# Chance, time and money
# ---------------------------------------------------------------------------------------


class Chance:
    """A named random stream. It uses random() only, which is the same in every Python 3."""

    def __init__(self, *name):
        self._random = random.Random(":".join([str(SEED), *map(str, name)])).random

    def below(self, n):
        return int(self._random() * n)

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def real(self, low=0.0, high=1.0):
        return low + (high - low) * self._random()

    def yes(self, probability):
        return self._random() < probability

    def bell(self, mean, spread):
        return mean + spread * (sum(self._random() for _ in range(6)) - 3) / 0.7071

    def pick(self, things):
        return things[self.below(len(things))]

    def weighted(self, things, weights):
        point = self._random() * sum(weights)
        for thing, weight in zip(things, weights):
            point -= weight
            if point < 0:
                return thing
        return things[-1]

    def shuffled(self, things):
        things = list(things)
        for i in range(len(things) - 1, 0, -1):
            j = self.below(i + 1)
            things[i], things[j] = things[j], things[i]
        return things

    def some(self, things, n):
        return self.shuffled(things)[:n]

    def digits(self, n):
        return str(self.between(10 ** (n - 1), 10 ** n - 1))

    def unused(self, taken, n, prefix=""):
        while True:
            number = prefix + self.digits(n)
            if number not in taken:
                taken.add(number)
                return number

    def time(self, low, high):
        return low + timedelta(seconds=self.below(int((high - low).total_seconds())))


def local(time):
    return time - timedelta(hours=4 if DST[0] <= time < DST[1] else 5)


def iso(time):
    return local(time).strftime("%Y-%m-%dT%H:%M:%S") + ("-04:00" if DST[0] <= time < DST[1] else "-05:00")


def day(time):
    return local(time).strftime("%Y-%m-%d")


def at_hour(chance, time, country, first, last):
    """The same day, at an hour between first and last where the customer lives."""
    midnight = datetime(time.year, time.month, time.day) - timedelta(hours=UTC_OFFSET[country])
    return midnight + timedelta(seconds=chance.between(first * 3600, last * 3600))


def cents(amount):
    return int(round(amount * 100))


def dollars(amount):
    return round(amount / 100, 2)


def shelf_price(amount):
    """The nearest price in cents that ends in .49 or .99, or in .99 from 100 dollars."""
    step = 100 if amount >= 100 else 50
    return int(amount * 100 / step + 0.5) * step - 1


# ---------------------------------------------------------------------------------------
# Products
# ---------------------------------------------------------------------------------------


def pairs(text):
    """`name 中文, name 中文`: the Chinese is what follows the last space."""
    return dict(entry.strip().rsplit(" ", 1) for entry in text.replace("\n", " ").split(",") if entry.strip())


def value_zh(value, table):
    if value in table:
        return table[value]
    for pattern, chinese in OPTION_VALUES_ZH_PATTERNS:
        if re.fullmatch(pattern, value):
            return re.sub(pattern, chinese, value)
    raise SystemExit(f"generate.py: option value {value!r} has no Chinese translation")


def parse_options(text):
    options = []
    for part in text.split(";"):
        name, values = part.split(":")
        for word, listed in OPTION_LISTS.items():
            values = values.replace(word, listed)
        name = name.strip()
        options.append((name.rstrip("+"), [v.strip() for v in values.split(",")], name.endswith("+")))
    return options


def choose_variants(chance, options):
    """2 to 12 combinations in which every value occurs, in the order of the options."""
    every = list(itertools.product(*[values for _, values, _ in options]))
    wanted = min(len(every), 12, max(chance.between(4, 10), max(len(v) for _, v, _ in options)))
    missing = {(i, v) for i, (_, values, _) in enumerate(options) for v in values}
    chosen = []
    for new_at_once in (2, 1):
        for combination in chance.shuffled(every):
            new = set(enumerate(combination)) & missing
            if len(new) >= new_at_once:
                chosen.append(combination)
                missing -= new
    for combination in chance.shuffled(every):
        if len(chosen) >= wanted:
            break
        if combination not in chosen:
            chosen.append(combination)
    return sorted(chosen, key=every.index)


def make_products():
    names_zh, values_zh = pairs(OPTION_NAMES_ZH), pairs(OPTION_VALUES_ZH)
    products, taken = {}, set()
    for (category, category_zh), table in CATALOGUE.items():
        for line in table.strip().splitlines():
            name, name_zh, brand, prices, options, tags, text, text_zh = [field.strip() for field in line.split("|")]
            low, high = map(int, prices.split("-"))
            options = parse_options(options)
            chance = Chance("product", name)
            product_id = chance.unused(taken, 10)

            # The price follows the graded options, and a little the material or the color.
            taste = {(o, v): chance.real() for o, values, graded in options for v in values if not graded}
            weight = {o: 4 if graded else 0 if o in ("size", "plug", "length", "hand") else 1 for o, _, graded in options}
            combinations = choose_variants(chance, options)
            item_ids = sorted(chance.unused(taken, 10) for _ in combinations)
            available = [chance.yes(0.78) for _ in combinations]
            if not any(available):
                available[chance.below(len(available))] = True
            variants = {}
            for item_id, combination, in_stock in zip(item_ids, combinations, available):
                share = 0.0
                for (option, values, graded), value in zip(options, combination):
                    share += weight[option] * (values.index(value) / (len(values) - 1) if graded else taste[option, value])
                price = shelf_price(low + (high - low) * share / max(1, sum(weight.values())))
                in_stock = in_stock and name not in SOLD_OUT
                stock = (chance.between(1, 3) if chance.yes(0.12) else chance.between(4, 120)) if in_stock else 0
                variants[item_id] = {
                    "item_id": item_id,
                    "options": dict(zip([o for o, _, _ in options], combination)),
                    "available": in_stock,
                    "price": dollars(price),
                    "stock": stock,
                }

            option_names = {}
            for option, _, _ in options:
                chinese = OPTION_NAMES_ZH_OF.get(name, {}).get(option) or names_zh.get(option)
                if not chinese:
                    raise SystemExit(f"generate.py: option name {option!r} has no Chinese translation")
                option_names[option] = "尺寸" if option == "size" and category not in CLOTHING else chinese
            used = {v: value_zh(v, values_zh) for _, values, _ in options for v in values}
            products[product_id] = {
                "name": name,
                "product_id": product_id,
                "names": {"zh": name_zh},
                "category": category,
                "category_names": {"zh": category_zh},
                "brand": brand,
                "description": text,
                "descriptions": {"zh": text_zh},
                "tags": [tag.strip() for tag in tags.split(",")],
                "rating": round(min(5.0, max(2.1, chance.bell(4.3, 0.35))), 1),
                "option_names": {"zh": option_names},
                "option_values": {"zh": used},
                "variants": variants,
            }
    return products


# ---------------------------------------------------------------------------------------
# Customers
# ---------------------------------------------------------------------------------------


def ascii_name(name):
    plain = name.lower()
    for letter, ascii_letter in {"ë": "e", "é": "e", "É": "e"}.items():
        plain = plain.replace(letter, ascii_letter)
    return re.sub(r"[^a-z]", "", plain)


def make_postcode(chance, pattern):
    letters = "ABCEGHJKLMNPRSTVWXYZ"
    out = []
    for i, c in enumerate(pattern):
        # Only the digits that are free: the 9s at the end of a number, each 9 of a UK or Canadian code.
        free = c == "9" and (not pattern.isdigit() or set(pattern[i:]) == {"9"} and i >= len(pattern) - 2)
        if free:
            # Short fields start at 1: there is no district or block 0.
            first = 0 if pattern.isdigit() and i < len(pattern) - 1 else 1
            out.append(str(chance.between(first, 9)))
        elif c == "x":
            out.append(chance.pick(letters))
        else:
            out.append(c)
    return "".join(out)


def make_address(chance, place):
    _, city, state, country, postcode = place[:5]
    if country == "中国":
        address1 = f"{chance.pick(place[5].split())}{chance.pick(STREETS[country])}{chance.between(6, 680)}号"
        address2 = f"{chance.pick(COMPOUNDS_CN)}{chance.between(1, 28)}幢{chance.between(1, 4)}单元{chance.between(1, 26)}0{chance.between(1, 4)}室"
    else:
        address1 = f"{chance.between(3, 980)} {chance.pick(STREETS[country])}"
        kind = {"USA": "Apt", "Canada": "Unit"}.get(country, "Flat")
        address2 = f"{kind} {chance.between(1, 48)}{chance.pick(['', '', 'A', 'B', 'C'])}" if chance.yes(0.65) else ""
    return {
        "address1": address1, "address2": address2, "city": city,
        "country": country, "state": state, "zip": make_postcode(chance, postcode),
    }


def make_payment_methods(chance, country, taken):
    if country == "中国":
        kinds = ["alipay"] + [k for k, p in (("credit_card", 0.5), ("gift_card", 0.45)) if chance.yes(p)]
    else:
        kinds = [k for k, p in (("credit_card", 0.8), ("gift_card", 0.5), ("paypal", 0.5)) if chance.yes(p)] or ["credit_card"]
        if chance.yes(0.15):
            kinds.append("credit_card")
    methods = []
    for kind in kinds:
        method_id = chance.unused(taken, 7, kind + "_")
        if kind == "credit_card":
            brands = ["unionpay", "visa", "mastercard"] if country == "中国" else ["visa", "mastercard", "amex"]
            last_four = f"{chance.below(10000):04d}"
            methods.append({"source": kind, "brand": chance.pick(brands), "last_four": last_four, "id": method_id})
        elif kind == "gift_card":
            balance = 0 if chance.yes(0.1) else chance.pick([2500, 5000, 10000]) if chance.yes(0.25) else chance.between(150, 24000)
            methods.append({"source": kind, "balance": dollars(balance), "id": method_id})
        else:
            methods.append({"source": kind, "id": method_id})
    return {m["id"]: m for m in sorted(methods, key=lambda m: m["id"])}


def make_customers():
    """The customers, and beside them how many orders each is to have (None: drawn later)."""
    places = {line.split("|")[0].strip(): [f.strip() for f in line.split("|")] for line in PLACES.strip().splitlines()}
    people = []
    for line in PEOPLE.strip().splitlines():
        name, place, orders = [f.strip() for f in line.split("|")]
        first, last = name.split(" ", 1)
        people.append((first, last, ascii_name(first), ascii_name(last), place, orders))
    for line in PEOPLE_CN.strip().splitlines():
        name, place, orders = [f.strip() for f in line.split("|")]
        last, last_latin, first, first_latin = name.split()
        people.append((first, last, first_latin, last_latin, place, orders))

    customers, counts, taken, ids, zips = {}, {}, set(), set(), set()
    household = {}
    for first, last, first_latin, last_latin, place, orders in people:
        chance = Chance("customer", first_latin, last_latin)
        country = places[place][3]
        customer_id = chance.unused(ids, 4, f"{first_latin}_{last_latin}_")
        address = make_address(chance, places[place])
        while address["zip"] in zips:
            address["zip"] = make_postcode(chance, places[place][4])
        if f"{first} {last}" in SAME_HOUSEHOLD:
            address = dict(household.setdefault("address", address))
        zips.add(address["zip"])
        domains = ["example.com", "example.com", "example.net", "example.org"]
        if country == "中国":
            domains = ["cn.example.com", "cn.example.com", "example.com", "example.net"]
        email = f"{first_latin}.{last_latin}{chance.between(10, 9999)}@{chance.pick(domains)}"
        customers[customer_id] = {
            "name": {"first_name": first, "last_name": last},
            "address": address,
            "email": email,
            "payment_methods": make_payment_methods(chance, country, taken),
            "orders": [],
        }
        counts[customer_id] = int(orders) if orders else None
    return customers, counts


# ---------------------------------------------------------------------------------------
# Taste: what a customer looks at and buys
# ---------------------------------------------------------------------------------------


class Taste:
    def __init__(self, products):
        order = [line.split("|")[0].strip() for table in CATALOGUE.values() for line in table.strip().splitlines()]
        self.id_of = {p["name"]: p["product_id"] for p in products.values()}
        self.shelves = {}
        for name in order:
            product = products[self.id_of[name]]
            self.shelves.setdefault(product["category"], []).append(product["product_id"])
        self.goes_with = {}
        for group in GOES_TOGETHER:
            for name in group:
                if name not in self.id_of:
                    raise SystemExit(f"generate.py: GOES_TOGETHER names {name!r}, which is not in the catalogue")
                mates = self.goes_with.setdefault(self.id_of[name], [])
                mates += [self.id_of[n] for n in group if n != name and self.id_of[n] not in mates]
        self.favourites = {}

    def of(self, customer_id):
        if customer_id not in self.favourites:
            chance = Chance("taste", customer_id)
            self.favourites[customer_id] = chance.some(list(self.shelves), chance.between(2, 3))
        return self.favourites[customer_id]

    def product(self, chance, customer_id):
        favourites = self.of(customer_id)
        if chance.yes(0.88):
            category = chance.weighted(favourites, [5, 3, 2])
        else:
            category = chance.pick(list(self.shelves))
        shelf = self.shelves[category]
        return chance.weighted(shelf, [1 / (i + 1.5) for i in range(len(shelf))])

    def next_product(self, chance, customer_id, basket):
        mates = [m for p in basket for m in self.goes_with.get(p, []) if m not in basket]
        if mates and chance.yes(0.6):
            return chance.pick(mates)
        return self.product(chance, customer_id)


# ---------------------------------------------------------------------------------------
# Orders
# ---------------------------------------------------------------------------------------


def share_out_orders(customers, counts):
    chance = Chance("order counts")
    drawn = [c for c, n in counts.items() if n is None]
    for customer_id in drawn:
        counts[customer_id] = 1
    left = ORDERS - sum(counts.values())
    eager = {c: chance.pick([1, 1, 2, 3]) for c in drawn}
    while left:
        customer_id = chance.weighted(drawn, [eager[c] for c in drawn])
        if counts[customer_id] < 8:
            counts[customer_id] += 1
            left -= 1
    return chance.shuffled(c for c in customers for _ in range(counts[c]))


def order_dates(chance, status, country, late):
    """placed, shipped, delivered (None if not yet), estimated (None for cancelled orders)."""
    carriers, fastest, slowest = CARRIERS[country]
    travel = timedelta(days=chance.between(fastest, slowest), hours=chance.between(0, 6))
    packing = timedelta(days=chance.between(1, 3))
    usual = timedelta(days=slowest - (1 if slowest > 6 else 0))
    if status.startswith("pending"):
        back = chance.real() ** 2 * 17 * 24
        placed = at_hour(chance, END - timedelta(hours=6 + back), country, 7, 23)
        if placed > END:
            placed -= timedelta(days=1)
        estimated = placed + timedelta(days=3) + usual
        if estimated < END:         # waiting for stock
            estimated = END + timedelta(days=chance.between(2, 9))
        return placed, None, None, estimated
    if status == "cancelled":
        return at_hour(chance, chance.time(START, END - timedelta(days=2)), country, 7, 23), None, None, None
    if status == "processed":
        if late:
            shipped = END - usual - timedelta(days=chance.between(2, 5), hours=chance.between(5, 9))
        else:
            shipped = END - timedelta(days=chance.between(0, max(1, fastest - 1)), hours=chance.between(5, 12))
        placed = at_hour(chance, shipped - packing, country, 7, 12)
        return placed, shipped, None, shipped + usual
    if status == "delivered" and not chance.yes(0.42):
        arrival = chance.time(START + timedelta(days=18), END - timedelta(days=31))
    else:
        arrival = chance.time(END - timedelta(days=27), END - timedelta(days=2))
    delivered = at_hour(chance, arrival, country, 9, 18)
    shipped = delivered - travel
    shipped = at_hour(chance, shipped, "USA", 9, 17)
    placed = at_hour(chance, shipped - packing, country, 7, 12)
    return placed, shipped, delivered, shipped + usual


def pick_items(chance, taste, products, customer_id, country, owned):
    plug, language = PLUGS[country], "Chinese" if country == "中国" else "English"
    basket = []
    wanted = chance.weighted([1, 2, 3, 4, 5], [34, 32, 19, 10, 5])
    while len(basket) < wanted:
        product_id = taste.next_product(chance, customer_id, basket)
        for _ in range(4):
            if product_id not in basket and product_id not in owned:
                break
            product_id = taste.next_product(chance, customer_id, basket)
        if product_id not in basket:
            basket.append(product_id)
    owned.update(basket)
    items = []
    for product_id in basket:
        product = products[product_id]
        variants = list(product["variants"].values())
        fitting = [v for v in variants if v["options"].get("plug") == plug or v["options"].get("language") == language]
        variant = chance.pick(fitting or variants)
        price = cents(variant["price"])
        if chance.yes(0.22):
            price = shelf_price(price / 100 * chance.pick([0.85, 0.9, 0.94, 1.04, 1.08]))
        item = {
            "name": product["name"], "product_id": product_id, "item_id": variant["item_id"],
            "price": dollars(price), "options": dict(variant["options"]),
        }
        items.append(item)
        if chance.yes(0.04) and len(items) < 5:
            items.append({**item, "options": dict(item["options"])})
    return items[:5]


def total(items):
    return sum(cents(item["price"]) for item in items)


def payment(kind, amount, method):
    return {"transaction_type": kind, "amount": dollars(amount), "payment_method_id": method}


def other_variants(products, item):
    variants = products[item["product_id"]]["variants"].values()
    return [v for v in variants if v["available"] and v["item_id"] != item["item_id"]]


def make_orders(products, customers, counts, taste):
    owners = share_out_orders(customers, counts)
    chance = Chance("statuses")
    statuses = chance.shuffled(s for s, n in STATUSES for _ in range(n))
    ids, tracking_ids = set(), set()
    late_left, change_left = LATE_PARCELS, PAYMENT_CHANGES
    owned = {c: set() for c in customers}
    orders, placed_times = {}, {}

    for number, (customer_id, status) in enumerate(zip(owners, statuses)):
        chance = Chance("order", number)
        customer = customers[customer_id]
        methods = customer["payment_methods"]
        order_id = "#W" + chance.unused(ids, 7)
        address = dict(customer["address"])
        if chance.yes(0.06):        # sent to another door in the same city
            country = address["country"]
            if country == "中国":
                district = address["address1"].split("区")[0] + "区"
                address["address1"] = f"{district}{chance.pick(STREETS[country])}{chance.between(6, 680)}号"
            else:
                address["address1"] = f"{chance.between(3, 980)} {chance.pick(STREETS[country])}"
            address["address2"] = ""

        late = status == "processed" and late_left > 0
        late_left -= late
        placed, shipped, delivered, estimated = order_dates(chance, status, address["country"], late)

        items = pick_items(chance, taste, products, customer_id, address["country"], owned[customer_id])
        if status in ("exchange requested", "pending (item modified)"):
            while not other_variants(products, items[0]):
                items = pick_items(chance, taste, products, customer_id, address["country"], owned[customer_id])
        amount = total(items)
        # A gift card pays for small orders only.
        usable = [m for m in methods if methods[m]["source"] != "gift_card"] or list(methods)
        gift_cards = [m for m in methods if methods[m]["source"] == "gift_card"]
        paid_with = chance.pick(gift_cards) if gift_cards and amount <= 20000 and chance.yes(0.45) else chance.pick(usable)
        history = [payment("payment", amount, paid_with)]

        order = {
            "order_id": order_id, "user_id": customer_id, "address": address, "items": items,
            "fulfillments": [], "status": status, "payment_history": history,
        }
        if shipped:
            order["fulfillments"] = [{
                "tracking_id": [chance.unused(tracking_ids, 12)], "item_ids": [i["item_id"] for i in items],
            }]

        if status == "cancelled":
            history.append(payment("refund", amount, paid_with))
            order["cancel_reason"] = chance.weighted(["no longer needed", "ordered by mistake"], [3, 2])
        elif status == "pending" and change_left and len(methods) > 1:
            others = [m for m in methods if m != paid_with and methods[m]["source"] != "gift_card"]
            if others:
                history += [payment("payment", amount, chance.pick(others)), payment("refund", amount, paid_with)]
                change_left -= 1
        elif status == "pending (item modified)":
            item, new = items[0], chance.pick(other_variants(products, items[0]))
            difference = cents(new["price"]) - cents(item["price"])
            history.append(payment("payment" if difference > 0 else "refund", abs(difference), paid_with))
            item.update(item_id=new["item_id"], price=new["price"], options=dict(new["options"]))
        elif status == "return requested":
            returned = items[: chance.between(1, len(items))]
            order["return_items"] = sorted(i["item_id"] for i in returned)
            order["return_payment_method_id"] = chance.pick([paid_with] + [g for g in gift_cards if g != paid_with])
        elif status == "exchange requested":
            exchanged = [(i, chance.pick(other_variants(products, i))) for i in items[:2] if other_variants(products, i)]
            difference = sum(cents(new["price"]) - cents(old["price"]) for old, new in exchanged)
            order["exchange_items"] = sorted(old["item_id"] for old, _ in exchanged)
            order["exchange_new_items"] = sorted(new["item_id"] for _, new in exchanged)
            order["exchange_payment_method_id"] = chance.pick(usable)
            order["exchange_price_difference"] = dollars(difference)

        order["placed_at"] = iso(placed)
        if shipped:
            order["shipped_at"] = iso(shipped)
        if delivered:
            order["delivered_at"] = iso(delivered)
        if estimated:
            order["estimated_delivery"] = day(estimated)
        if shipped:
            order["carrier"] = chance.pick(CARRIERS[address["country"]][0])
        order["currency"] = "USD"
        orders[order_id] = order
        placed_times[order_id] = (placed, delivered)

    for order_id in sorted(orders, key=lambda o: (placed_times[o][0], o)):
        customers[orders[order_id]["user_id"]]["orders"].append(order_id)
    return orders, placed_times


# ---------------------------------------------------------------------------------------
# Interactions
# ---------------------------------------------------------------------------------------


def make_interactions(products, customers, orders, times, taste):
    rows = set()

    def add(customer_id, product_id, event, time, weight=None):
        if START - timedelta(days=1) <= time <= END:
            rows.add((iso(time), customer_id, product_id, event, weight or EVENT_WEIGHT[event], time))

    for customer_id, customer in customers.items():
        country = customer["address"]["country"]
        for order_id in customer["orders"]:
            chance = Chance("visit", order_id)
            placed, delivered = times[order_id]
            basket = list(dict.fromkeys(i["product_id"] for i in orders[order_id]["items"]))
            seen = placed
            for product_id in reversed(basket):
                seen -= timedelta(seconds=chance.between(20, 240))
                if chance.yes(0.8):
                    add(customer_id, product_id, "cart", seen)
                seen -= timedelta(seconds=chance.between(15, 180))
                add(customer_id, product_id, "view", seen)
                mates = [m for m in taste.goes_with.get(product_id, []) if m not in basket]
                if mates and chance.yes(0.45):
                    add(customer_id, chance.pick(mates), "view", seen + timedelta(seconds=chance.between(3, 12)))
                if chance.yes(0.25):
                    before = seen - timedelta(hours=chance.between(9, 200))
                    add(customer_id, product_id, "view", before)
                    if chance.yes(0.35):
                        add(customer_id, product_id, "wishlist", before + timedelta(seconds=chance.between(10, 90)))
                add(customer_id, product_id, "purchase", placed)
                if delivered and chance.yes(0.5):
                    stars = min(5, max(1, int(chance.bell(products[product_id]["rating"], 0.9) + 0.5)))
                    after = at_hour(chance, delivered + timedelta(days=chance.between(1, 20)), country, 8, 22)
                    add(customer_id, product_id, "rating", after, stars)

        chance = Chance("browsing", customer_id)
        for _ in range(chance.between(3, 8)):
            time = at_hour(chance, chance.time(START, END - timedelta(days=2)), country, 7, 23)
            basket = [taste.product(chance, customer_id)]
            for _ in range(chance.between(0, 4)):
                product_id = taste.next_product(chance, customer_id, basket)
                if product_id not in basket:
                    basket.append(product_id)
            for product_id in basket:
                time += timedelta(seconds=chance.between(15, 200))
                add(customer_id, product_id, "view", time)
                if chance.yes(0.12):
                    add(customer_id, product_id, "wishlist", time + timedelta(seconds=chance.between(4, 14)))
                elif chance.yes(0.1):
                    add(customer_id, product_id, "cart", time + timedelta(seconds=chance.between(4, 14)))
    return sorted(rows, key=lambda r: (r[5], r[1:5]))


# ---------------------------------------------------------------------------------------
# Writing and checking
# ---------------------------------------------------------------------------------------


def records(objects):
    lines = [f"{json.dumps(key)}: {json.dumps(objects[key], ensure_ascii=False)}" for key in sorted(objects)]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def generate():
    products = make_products()
    customers, counts = make_customers()
    taste = Taste(products)
    orders, times = make_orders(products, customers, counts, taste)
    rows = make_interactions(products, customers, orders, times, taste)
    tsv = "".join(f"{c}\t{p}\t{e}\t{w}\t{t}\n" for t, c, p, e, w, _ in rows)
    return {
        "products.json": records(products),
        "customers.json": records(customers),
        "orders.json": records(orders),
        "interactions.tsv": tsv,
    }


def check(files):
    """Read the files as any program would and list what does not hold."""
    problems = []

    def need(condition, message):
        if not condition:
            problems.append(message)

    products, customers, orders = (json.loads(files[f]) for f in ("products.json", "customers.json", "orders.json"))
    events = [line.split("\t") for line in files["interactions.tsv"].splitlines()]
    when = datetime.fromisoformat
    has_chinese = re.compile(r"[\u4e00-\u9fff℃]|^\d+ [GT]B$|^[AB]\d$").search

    # Products
    need(len(products) >= 200, "fewer than 200 products")
    need(len({p["category"] for p in products.values()}) == 15, "not 15 categories")
    need(len({p["name"] for p in products.values()}) == len(products), "two products share a name")
    need(len({p["names"]["zh"] for p in products.values()}) == len(products), "two products share a Chinese name")
    every_id = list(products) + [i for p in products.values() for i in p["variants"]]
    need(len(set(every_id)) == len(every_id) and all(re.fullmatch(r"\d{10}", i) for i in every_id), "bad or double product or item id")
    for key, product in products.items():
        where = f"product {key}"
        need(product["product_id"] == key and 1 <= product["rating"] <= 5 and product["tags"], f"{where}: id, rating or tags")
        need(2 <= len(product["variants"]) <= 12, f"{where}: {len(product['variants'])} variants")
        names, values = product["option_names"]["zh"], product["option_values"]["zh"]
        used = {v for variant in product["variants"].values() for v in variant["options"].values()}
        need(used == set(values) and all(has_chinese(v) for v in values.values()), f"{where}: option values and translations differ")
        need(len(set(values.values())) == len(values), f"{where}: two values share a translation")
        need(len(set(names.values())) == len(names), f"{where}: two options share a translation")
        need(has_chinese(product["names"]["zh"]) and has_chinese(product["descriptions"]["zh"]), f"{where}: no Chinese text")
        combinations = {tuple(v["options"].values()) for v in product["variants"].values()}
        need(len(combinations) == len(product["variants"]), f"{where}: two equal variants")
        for item_id, variant in product["variants"].items():
            need(variant["item_id"] == item_id and list(variant["options"]) == list(names), f"{where}: variant {item_id}")
            need(type(variant["stock"]) is int and variant["available"] == (variant["stock"] > 0), f"{where}: stock of {item_id}")
            need(variant["price"] > 0 and round(variant["price"], 2) == variant["price"], f"{where}: price of {item_id}")

    # Customers
    need(len(customers) == 100, "not 100 customers")
    need(len({c["email"] for c in customers.values()}) == len(customers), "two customers share an e-mail")
    methods = [m for c in customers.values() for m in c["payment_methods"]]
    need(len(methods) == len(set(methods)), "two customers share a payment method")
    namesakes = Counter((c["name"]["last_name"], c["address"]["zip"]) for c in customers.values())
    need(sorted(namesakes.values())[-2:] == [1, 2], "exactly one pair must share postcode and last name")
    lengths = [len(c["orders"]) for c in customers.values()]
    need(max(lengths) == 9 and lengths.count(9) == 1 and lengths.count(0) >= 3, "orders a customer")
    for key, customer in customers.items():
        where = f"customer {key}"
        need(re.fullmatch(r"[a-z]+_[a-z]+_\d{4}", key), f"{where}: id")
        need(re.fullmatch(r"[a-z.]+\d+@(cn\.)?example\.(com|org|net)", customer["email"]), f"{where}: e-mail")
        need(list(customer["address"]) == ["address1", "address2", "city", "country", "state", "zip"], f"{where}: address")
        need(customer["address"]["country"] not in ("中国", "India") or re.fullmatch(r"\d{6}", customer["address"]["zip"]), f"{where}: zip")
        need(customer["address"]["country"] != "USA" or re.fullmatch(r"\d{5}", customer["address"]["zip"]), f"{where}: zip")
        need(customer["payment_methods"], f"{where}: no payment method")
        for method_id, method in customer["payment_methods"].items():
            need(method["id"] == method_id and method_id.startswith(method["source"] + "_"), f"{where}: {method_id}")
            need(method["source"] != "gift_card" or method["balance"] >= 0, f"{where}: balance of {method_id}")
        need(all(o in orders and orders[o]["user_id"] == key for o in customer["orders"]), f"{where}: orders")
        placed = [when(orders[o]["placed_at"]) for o in customer["orders"]]
        need(placed == sorted(placed), f"{where}: orders are not oldest to newest")
    need(sorted(o for c in customers.values() for o in c["orders"]) == sorted(orders), "an order is in no list, or in two")

    # Orders
    need(Counter(o["status"] for o in orders.values()) == dict(STATUSES), "number of orders by status")
    tracking = [t for o in orders.values() for f in o["fulfillments"] for t in f["tracking_id"]]
    need(len(set(tracking)) == len(tracking), "two parcels share a tracking id")
    changed_price = 0
    for key, order in orders.items():
        where, status, history = f"order {key}", order["status"], order["payment_history"]
        owner = customers[order["user_id"]]
        item_ids = [i["item_id"] for i in order["items"]]
        need(order["order_id"] == key and re.fullmatch(r"#W\d{7}", key) and 1 <= len(item_ids) <= 5, f"{where}: id or items")
        need(all(h["payment_method_id"] in owner["payment_methods"] for h in history), f"{where}: foreign payment method")
        for item in order["items"]:
            product = products[item["product_id"]]
            need(item["item_id"] in product["variants"] and item["name"] == product["name"], f"{where}: item {item['item_id']}")
            variant = product["variants"][item["item_id"]]
            need(item["options"] == variant["options"], f"{where}: options of {item['item_id']}")
            changed_price += item["price"] != variant["price"]

        # Money
        signed = [cents(h["amount"]) * (1 if h["transaction_type"] == "payment" else -1) for h in history]
        kinds = [h["transaction_type"] for h in history]
        need(all(round(h["amount"], 2) == h["amount"] >= 0 for h in history), f"{where}: amounts")
        need(sum(signed) == (0 if status == "cancelled" else total(order["items"])), f"{where}: payments and items differ")
        if status == "cancelled":
            need(kinds == ["payment", "refund"] and signed[0] == total(order["items"]), f"{where}: refund")
            need(history[0]["payment_method_id"] == history[1]["payment_method_id"], f"{where}: refund to another method")
        elif status == "pending (item modified)":
            need(len(history) == 2 and kinds[0] == "payment", f"{where}: history")
        elif len(history) > 1:
            need(status == "pending" and kinds == ["payment", "payment", "refund"], f"{where}: history")
            need(history[0]["payment_method_id"] == history[2]["payment_method_id"] != history[1]["payment_method_id"], f"{where}: methods")

        # Fields that belong to the status
        need(("cancel_reason" in order) == (status == "cancelled"), f"{where}: cancel_reason")
        need(order.get("cancel_reason") in (None, "no longer needed", "ordered by mistake"), f"{where}: cancel_reason")
        need(("return_items" in order) == ("return_payment_method_id" in order) == (status == "return requested"), f"{where}: return fields")
        exchange = {"exchange_items", "exchange_new_items", "exchange_payment_method_id", "exchange_price_difference"}
        need(exchange & set(order) == (exchange if status == "exchange requested" else set()), f"{where}: exchange fields")
        if status == "return requested":
            need(order["return_items"] == sorted(order["return_items"]), f"{where}: return_items are not sorted")
            need(not Counter(order["return_items"]) - Counter(item_ids), f"{where}: return_items are not in the order")
            method = order["return_payment_method_id"]
            need(method in owner["payment_methods"] and (method == history[0]["payment_method_id"] or "gift_card" in method), f"{where}: refund method")
        if status == "exchange requested":
            old, new = order["exchange_items"], order["exchange_new_items"]
            all_variants = {i: (p, v) for p in products.values() for i, v in p["variants"].items()}
            need(old == sorted(old) and new == sorted(new) and not Counter(old) - Counter(item_ids), f"{where}: exchange_items")
            need(Counter(all_variants[i][0]["name"] for i in old) == Counter(all_variants[i][0]["name"] for i in new), f"{where}: exchange across products")
            need(all(all_variants[i][1]["available"] for i in new), f"{where}: exchange for a sold-out item")
            paid = {i["item_id"]: cents(i["price"]) for i in order["items"]}
            difference = sum(cents(all_variants[i][1]["price"]) for i in new) - sum(paid[i] for i in old)
            need(difference == cents(order["exchange_price_difference"]), f"{where}: exchange_price_difference")
            need(order["exchange_payment_method_id"] in owner["payment_methods"], f"{where}: exchange method")

        # Parcels and dates
        sent = status in ("processed", "delivered", "return requested", "exchange requested")
        arrived = sent and status != "processed"
        need(len(order["fulfillments"]) == sent, f"{where}: fulfillments")
        need(all(sorted(f["item_ids"]) == sorted(item_ids) for f in order["fulfillments"]), f"{where}: parcel and items differ")
        need(("shipped_at" in order) == ("carrier" in order) == sent, f"{where}: shipped_at or carrier")
        need(("delivered_at" in order) == arrived, f"{where}: delivered_at")
        need(("estimated_delivery" in order) == (status != "cancelled"), f"{where}: estimated_delivery")
        steps = [when(order[k]) for k in ("placed_at", "shipped_at", "delivered_at") if k in order]
        need(steps == sorted(steps), f"{where}: dates out of order")
        need("2026-01-01" <= order["placed_at"] and all(order.get(k, "") < "2026-11-16" for k in ("placed_at", "shipped_at", "delivered_at")), f"{where}: date out of range")
        need(order.get("estimated_delivery", "9") > order["placed_at"][:10] and order["currency"] == "USD", f"{where}: estimate or currency")
    late = [o for o in orders.values() if "delivered_at" not in o and o.get("estimated_delivery", "9") < "2026-11-15"]
    need(len(late) == LATE_PARCELS and all(o["status"] == "processed" for o in late), "late parcels")
    need(changed_price >= 20, "too few prices have changed since they were paid")

    # Interactions
    need(len(events) >= 3000, "fewer than 3,000 interactions")
    need(len({(c, p, e, t) for c, p, e, _, t in events}) == len(events), "an interaction occurs twice")
    need([when(t) for *_, t in events] == sorted(when(t) for *_, t in events), "interactions are not in order of time")
    for number, (customer_id, product_id, event, weight, time) in enumerate(events, 1):
        where = f"interactions.tsv:{number}"
        need(customer_id in customers and product_id in products, f"{where}: unknown customer or product")
        need("2026-01-01" <= time < "2026-11-16", f"{where}: time")
        if event == "rating":
            need(1 <= int(weight) <= 5, f"{where}: stars")
        else:
            need(EVENT_WEIGHT.get(event) == int(weight), f"{where}: event or weight")
    bought = {(o["user_id"], i["product_id"], "purchase", o["placed_at"]) for o in orders.values() for i in o["items"]}
    need({(c, p, e, t) for c, p, e, _, t in events if e == "purchase"} == bought, "purchases and orders differ")
    received = {}
    for order in orders.values():
        if "delivered_at" in order:
            for item in order["items"]:
                pair = (order["user_id"], item["product_id"])
                received[pair] = min(received.get(pair, when(order["delivered_at"])), when(order["delivered_at"]))
    for customer_id, product_id, event, _, time in events:
        if event == "rating":
            pair = (customer_id, product_id)
            need(pair in received and when(time) > received[pair], f"{customer_id} rated {product_id} before it came")
    return problems


def main(arguments):
    if arguments in (["--help"], ["-h"]):
        print(__doc__.strip())
        return 0
    if arguments not in ([], ["--check"]):
        print("usage: generate.py [--check]", file=sys.stderr)
        return 2
    files = generate()
    problems = check(files)
    for name, text in files.items():
        path, data = HERE / name, text.encode("utf-8")
        if not arguments and not problems:
            path.write_bytes(data)
        elif arguments and (not path.exists() or path.read_bytes() != data):
            problems.append(f"{path}: differs from what generate.py makes; run generate.py")
    for problem in problems:
        print(f"generate.py: {problem}", file=sys.stderr)
    if problems:
        return 1
    count = {name: text.count("\n") - (2 if name.endswith(".json") else 0) for name, text in files.items()}
    size = sum(len(text.encode("utf-8")) for text in files.values())
    print(", ".join(f"{name} {n}" for name, n in count.items()) + f"; {size:,} bytes" + ("; all as it should be" if arguments else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
